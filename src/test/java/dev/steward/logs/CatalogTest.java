package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Configuration;
import dev.steward.config.Glob;
import dev.steward.config.InboxConfig;
import dev.steward.config.Logs;
import dev.steward.config.WorkOrders;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
    @TempDir
    Path home;

    @BeforeEach
    void make() throws IOException {
        home = home.toRealPath();
        Files.createDirectories(home.resolve("logs"));
        Files.createDirectories(home.resolve("g"));
    }

    /** With one agent, cls, and these foreign logs. */
    private Catalog catalog(String... globs) {
        return catalog(WorkOrders.standard(), globs);
    }

    private Catalog catalog(WorkOrders orders, String... globs) {
        var rules = Logs.standard().defaults();
        var files = Arrays.stream(globs)
                .map(glob -> new Logs.Files(Glob.of(home + "/" + glob), rules))
                .toList();
        var configuration = new Configuration(
                home.resolve("steward.yaml"),
                "n",
                new Configuration.Paths(home.resolve("logs"), home.resolve("audit.jsonl"), home.resolve("inbox")),
                Map.of("cls", new FakeNode(home).config("cls", Optional.empty())),
                new Logs(rules, files),
                orders);
        return new Catalog(configuration, home.resolve("logs/steward.log"));
    }

    private void files(String... names) throws IOException {
        for (var name : names) {
            Files.createDirectories(home.resolve(name).resolveSibling(""));
            Files.createFile(home.resolve(name));
        }
    }

    private List<String> foreign(Catalog catalog) throws IOException {
        return catalog.foreign().stream()
                .map(log -> home.relativize(log.path()).toString())
                .toList();
    }

    @Test
    void own_logs_come_first_and_once() throws IOException {
        files("logs/cls.log", "logs/other.log", "logs/steward.log");

        assertThat(catalog("logs/*").all())
                .extracting(log -> home.relativize(log.path()).toString())
                .containsExactly("logs/cls.log", "logs/steward.log", "logs/other.log");
    }

    private WorkOrders inboxes(String... logs) {
        var inboxes = Arrays.stream(logs)
                .map(log -> new InboxConfig("I" + log.hashCode(), Optional.of(home.resolve(log))))
                .collect(Collectors.toMap(InboxConfig::name, inbox -> inbox));
        var standard = WorkOrders.standard();
        return new WorkOrders(standard.bus(), inboxes, Map.of(), standard.rules());
    }

    @Test
    void the_log_of_an_inbox_is_kept_without_being_named() throws IOException {
        files("g/clc.log");
        var catalog = catalog(inboxes("g/clc.log"), "g/*");

        assertThat(catalog.all())
                .extracting(log -> home.relativize(log.path()).toString())
                .containsExactly("logs/cls.log", "logs/steward.log", "g/clc.log");
        assertThat(catalog.meant(home.resolve("g/clc.log.1")))
                .isEqualTo(new Meant.AnArchive(home.resolve("g/clc.log")));
    }

    @Test
    void the_log_of_an_inbox_that_lies_among_orders_is_left_alone() throws IOException {
        files("inbox/CLC/clc.log");
        var catalog = catalog(inboxes("inbox/CLC/clc.log"));

        assertThat(catalog.own())
                .extracting(log -> home.relativize(log.path()).toString())
                .containsExactly("logs/cls.log", "logs/steward.log");
        assertThat(catalog.find(home.resolve("inbox/CLC/clc.log"))).isEmpty();
    }

    @Test
    void a_compressed_archive_is_never_a_live_log_even_if_its_log_is_gone() throws IOException {
        files("g/old.log.1.gz", "g/old.log.12.gz", "g/a.log");
        var catalog = catalog("g/*");

        assertThat(foreign(catalog)).containsExactly("g/a.log");
        assertThat(catalog.find(home.resolve("g/old.log.1.gz"))).isEmpty();
        assertThat(catalog.meant(home.resolve("g/old.log.1.gz")))
                .isEqualTo(new Meant.AnArchive(home.resolve("g/old.log")));
    }

    @Test
    void a_glob_means_no_archives_and_nothing_that_is_becoming_one() throws IOException {
        files("g/a.log", "g/a.log.1", "g/a.log.2.gz", "g/.a.log.cut-open-1-2-0-0-0", "g/.a.log.gz-1x", "g/redis.6379");

        assertThat(foreign(catalog("g/*"))).containsExactly("g/a.log", "g/redis.6379");
    }

    @Test
    void an_archive_is_no_log_either_while_its_log_is_being_renamed() throws IOException {
        files("logs/cls.log.1", "g/named.log.1");
        var catalog = catalog("g/named.log", "logs/*", "g/*");

        assertThat(foreign(catalog)).containsExactly("g/named.log");
        assertThat(catalog.find(home.resolve("logs/cls.log.1"))).isEmpty();
        assertThat(catalog.meant(home.resolve("g/named.log.1")))
                .isEqualTo(new Meant.AnArchive(home.resolve("g/named.log")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "steward.yaml",
                "audit.jsonl",
                "audit.jsonl.torn",
                ".audit.jsonl.lock",
                "state.db",
                "state.db-wal",
                "bus.db",
                "run/daemon.pid",
                "keys/node.pem"
            })
    void what_is_stewards_own_is_no_log_whatever_matches_it(String name) throws IOException {
        files(name);
        var catalog = catalog("**", name);

        assertThat(foreign(catalog)).isEmpty();
        assertThat(catalog.find(home.resolve(name))).isEmpty();
        assertThat(catalog.meant(home.resolve(name))).isEqualTo(new Meant.Unknown());
    }

    @Test
    void who_came_by_a_symbolic_link_means_the_log_as_it_is_configured() throws IOException {
        files("g/a.log");
        var catalog = catalog("g/*");
        var other = Files.createSymbolicLink(home.resolve("other"), home);

        assertThat(catalog.meant(other.resolve("g/a.log")))
                .isEqualTo(new Meant.Known(catalog.log(home.resolve("g/a.log"))));
        assertThat(catalog.meant(other.resolve("logs/cls.log.3")))
                .isEqualTo(new Meant.AnArchive(home.resolve("logs/cls.log")));
        assertThat(catalog.meant(other.resolve("g/mistyped"))).isEqualTo(new Meant.Absent());
    }

    @Test
    void globs_that_mean_nothing_are_told() throws IOException {
        files("g/a.log");
        var catalog = catalog("g/*.log", "h/*.log", "g/named");

        var logs = catalog.all().stream().map(Log::path).toList();

        assertThat(catalog.emptyGlobs(logs)).containsExactly(home + "/h/*.log");
    }

    @Test
    void what_is_neither_file_nor_link_a_glob_does_not_mean() throws IOException {
        Files.createDirectory(home.resolve("g/folder.log"));
        Files.createSymbolicLink(home.resolve("g/link.log"), home.resolve("elsewhere"));

        assertThat(foreign(catalog("g/*.log"))).containsExactly("g/link.log");
    }
}
