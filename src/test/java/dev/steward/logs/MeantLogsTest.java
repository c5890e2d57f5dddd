package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.ConfigLoader;
import dev.steward.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which logs are meant, and what comes of them, from the configuration on. */
class MeantLogsTest {
    @TempDir
    Path folder;

    private Path logs;
    private Path daemonLog;

    @BeforeEach
    void open() throws IOException {
        folder = folder.toRealPath();
        logs = Files.createDirectory(folder.resolve("g"));
        daemonLog = Files.createDirectories(folder.resolve("home/logs")).resolve("steward.log");
    }

    private Catalog catalog(String entries) throws Exception {
        var loader = new ConfigLoader(Map.of("PATH", "/usr/bin:/bin"), () -> "here", Path.of("/bin/sh"));
        var yaml = "agents: {sleeper: {command: sleep 1}}\nlogs:\n  files:\n" + entries.indent(4);
        Configuration configuration = loader.load(Files.writeString(folder.resolve("steward.yaml"), yaml));
        return new Catalog(configuration, daemonLog);
    }

    private static List<Path> paths(List<Log> logs) {
        return logs.stream().map(Log::path).toList();
    }

    private Path file(String name) throws IOException {
        return Files.writeString(logs.resolve(name), "line\n");
    }

    private static List<Outcome> rotate(Catalog catalog, Wish wish) throws IOException {
        var outcomes = new ArrayList<Outcome>();
        Rotations.here(Map.of(), InstantSource.system(), System::nanoTime).rotate(catalog, wish, outcomes::add);
        return outcomes;
    }

    @Test
    void a_glob_that_matches_nothing_means_nothing() throws Exception {
        assertThat(catalog("- {path: 'g/*.log'}").foreign()).isEmpty();
        assertThat(catalog("- {path: 'no/such/folder/*.log'}").foreign()).isEmpty();
        assertThat(rotate(catalog("- {path: 'g/*.log'}"), Workshop.FORCED))
                .extracting(Outcome::result)
                .containsOnly(Outcome.Result.NOT_DUE);
    }

    @Test
    void a_glob_means_what_is_there_and_no_archive_and_nothing_that_becomes_one() throws Exception {
        var a = file("a.log");
        var b = file("b c\n.log");
        file("a.log.1");
        file("a.log.2.gz");
        file(".a.log.cut-open-1-2-0-0-5");
        file(".a.log.gz-xyz");
        var odd = file("without.log.1");

        assertThat(paths(catalog("- {path: 'g/*'}").foreign())).containsExactlyInAnyOrder(a, b, odd);
    }

    @Test
    void links_folders_and_their_like_are_told_and_the_others_rotated() throws Exception {
        var good = file("good.log");
        Files.createDirectory(logs.resolve("folder.log"));
        var secret = Files.writeString(folder.resolve("secret"), "secret\n");
        var link = Files.createSymbolicLink(logs.resolve("link.log"), secret);

        var outcomes = rotate(catalog("- {path: 'g/*.log'}"), Workshop.FORCED);

        assertThat(outcomes)
                .filteredOn(each -> each.log().equals(good))
                .extracting(Outcome::result)
                .containsOnly(Outcome.Result.ROTATED);
        assertThat(outcomes)
                .filteredOn(each -> each.log().equals(link))
                .extracting(Outcome::result)
                .containsOnly(Outcome.Result.LEFT_ALONE);
        assertThat(Files.readString(secret)).isEqualTo("secret\n");
        assertThat(Files.readString(logs.resolve("good.log.1"))).isEqualTo("line\n");
    }

    @Test
    void a_link_to_a_folder_is_not_followed() throws Exception {
        var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("out.log"), "line\n");
        Files.createSymbolicLink(logs.resolve("link"), elsewhere);

        assertThat(catalog("- {path: 'g/**/*.log'}").foreign()).isEmpty();
    }

    @Test
    void a_path_that_is_not_configured_is_left_alone() throws Exception {
        var other = file("other.txt");

        var outcomes = rotate(catalog("- {path: 'g/*.log'}"), new Wish(List.of(other), false, true));

        assertThat(outcomes).singleElement().extracting(Outcome::result).isEqualTo(Outcome.Result.LEFT_ALONE);
        assertThat(Files.readString(other)).isEqualTo("line\n");
    }

    @Test
    void files_of_steward_itself_are_no_logs() throws Exception {
        var home = folder.resolve("home");
        Files.createDirectory(home.resolve("run"));
        for (var name : List.of("state.db", "state.db-wal", "audit.jsonl", "run/daemon.pid")) {
            Files.writeString(home.resolve(name), "line\n");
        }
        var catalog = catalog("- {path: '**'}");

        assertThat(paths(catalog.foreign()))
                .doesNotContain(
                        home.resolve("state.db"),
                        home.resolve("state.db-wal"),
                        home.resolve("run/daemon.pid"),
                        folder.resolve("steward.yaml"));
    }
}
