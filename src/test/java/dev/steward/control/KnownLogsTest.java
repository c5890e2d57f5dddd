package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.config.Configuration;
import dev.steward.config.Glob;
import dev.steward.config.Logs;
import dev.steward.config.WorkOrders;
import dev.steward.logs.Catalog;
import dev.steward.logs.Wish;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownLogsTest {
    @TempDir
    Path home;

    private Catalog catalog;

    @BeforeEach
    void make() throws IOException {
        home = home.toRealPath();
        Files.createDirectories(home.resolve("logs"));
        Files.createFile(Files.createDirectories(home.resolve("g")).resolve("any"));
        var rules = Logs.standard().defaults();
        var logs = new Logs(
                rules,
                List.of(
                        new Logs.Files(Glob.of(home + "/g/*"), rules),
                        new Logs.Files(Glob.literally(home.resolve("foreign.2")), rules)));
        var agent = new FakeNode(home).config("cls", Optional.empty());
        catalog = new Catalog(
                new Configuration(
                        home.resolve("steward.yaml"),
                        "n",
                        new Configuration.Paths(home.resolve("logs"), home.resolve("audit"), home.resolve("inbox")),
                        Map.of("cls", agent),
                        logs,
                        WorkOrders.standard()),
                home.resolve("logs/steward.log"));
    }

    private Path find(String name) throws UnknownLog {
        return find(home.resolve(name));
    }

    private Path find(Path path) throws UnknownLog {
        return KnownLogs.resolve(catalog, new Wish(List.of(path), false, false))
                .paths()
                .getFirst();
    }

    private void assertRefused(String name, String message) {
        assertThatThrownBy(() -> find(name))
                .isInstanceOf(UnknownLog.class)
                .hasMessageStartingWith(home.resolve(name) + " " + message);
    }

    @Test
    void logs_of_agents_the_daemons_own_and_foreign_ones_are_known() throws Exception {
        for (var name : List.of("logs/cls.log", "logs/steward.log", "g/any", "foreign.2")) {
            assertThat(find(name)).isEqualTo(home.resolve(name));
        }
    }

    @Test
    void a_file_that_is_not_there_is_a_log_only_where_the_configuration_names_it() throws Exception {
        assertThat(find("logs/cls.log")).doesNotExist();
        assertThatThrownBy(() -> find("g/mistyped")).hasMessageEndingWith("g/mistyped: there is no such file");
    }

    @Test
    void any_other_file_is_refused_with_what_to_do() {
        assertRefused("logs/other.log", "is no log of the configuration");
        assertRefused("steward.yaml", "is no log of the configuration");
        assertThatThrownBy(() -> find("x")).hasMessageContaining("add it to logs: files: in " + home + "/steward.yaml");
        assertThatThrownBy(() -> find(Path.of("/"))).isInstanceOf(UnknownLog.class);
    }

    @Test
    void an_archive_is_refused_with_the_name_of_its_log() throws IOException {
        assertRefused("logs/cls.log.1", "is an archive of " + home + "/logs/cls.log: name that");
        assertRefused("logs/cls.log.7.gz", "is an archive of " + home + "/logs/cls.log: name that");
        Files.createFile(home.resolve("g/a.log"));
        assertRefused("g/a.log.1", "is an archive of " + home + "/g/a.log: name that");
    }

    @Test
    void a_compressed_archive_whose_log_is_gone_is_still_one() throws IOException {
        Files.createFile(home.resolve("g/old.log.1.gz"));
        assertRefused("g/old.log.1.gz", "is an archive of " + home + "/g/old.log: name that");
    }

    @Test
    void a_log_may_be_named_like_an_archive() throws Exception {
        Files.createFile(home.resolve("g/redis.6379"));
        assertThat(find("g/redis.6379")).isEqualTo(home.resolve("g/redis.6379"));
        Files.createFile(home.resolve("foreign"));
        assertThat(find("foreign.2")).isEqualTo(home.resolve("foreign.2"));
    }

    @Test
    void who_came_by_a_symbolic_link_means_the_same_log() throws Exception {
        var other = Files.createSymbolicLink(home.resolve("other"), home);
        assertThat(find(other.resolve("logs/cls.log"))).isEqualTo(home.resolve("logs/cls.log"));
        assertThat(find(other.resolve("g/any"))).isEqualTo(home.resolve("g/any"));
        assertThatThrownBy(() -> find(other.resolve("logs/other.log"))).isInstanceOf(UnknownLog.class);
    }

    @Test
    void a_link_to_a_log_is_not_that_log() throws Exception {
        Files.createFile(home.resolve("logs/cls.log"));
        Files.createSymbolicLink(home.resolve("link.log"), home.resolve("logs/cls.log"));
        assertRefused("link.log", "is no log of the configuration");
    }
}
