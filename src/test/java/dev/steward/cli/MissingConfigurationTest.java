package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.Ran.Shell;
import dev.steward.daemon.Home;
import dev.steward.posix.Posix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The reference deployment was written where a file had been mistyped or lost, and all agents were stopped for it. */
class MissingConfigurationTest {
    @TempDir
    Path folder;

    private Shell shell;
    private Home home;

    @BeforeEach
    void locate() throws IOException {
        folder = folder.toRealPath();
        shell = Shell.at(folder);
        home = new Home(folder);
    }

    private Missing missing(String... args) {
        return new Missing(root(args));
    }

    private Root root(String... args) {
        var root = new Root(shell.caller(new ByteArrayOutputStream(), new ByteArrayOutputStream()));
        new CommandLine(root).parseArgs(args);
        return root;
    }

    @Test
    void a_new_home_gets_the_reference_deployment() throws Exception {
        missing().write();
        assertThat(folder.resolve("steward.yaml")).content().contains("com.02luka.cls.agent");
    }

    @Test
    void a_mistyped_name_is_never_written() {
        for (var command : new String[] {"up", "up --detach"}) {
            var ran = shell.run(("--config nosuch.yaml " + command).split(" "));
            assertThat(ran.status()).isEqualTo(78);
            assertThat(ran.err())
                    .contains("no configuration at " + folder.resolve("nosuch.yaml") + ", which --config names")
                    .endsWith("steward --config nosuch.yaml init\n");
        }
        var ran = shell.with("STEWARD_CONFIG", "other.yaml").run("up");
        assertThat(ran.status()).isEqualTo(78);
        assertThat(ran.err()).contains("other.yaml, which STEWARD_CONFIG names");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.db", "run/web.life", "run/last-good-1.yaml"})
    void nor_is_one_in_a_home_that_was_used_before(String trace) throws IOException {
        Files.createDirectories(home.run());
        Files.createFile(folder.resolve(trace));
        var ran = shell.run("up", "--detach");
        assertThat(ran.status()).isEqualTo(78);
        assertThat(ran.err())
                .contains("though this home was used before: put it back, or write a new one: steward init");
        assertThat(folder.resolve("steward.yaml")).doesNotExist();
    }

    @Test
    void the_copy_of_the_last_good_one_is_named() throws IOException {
        Files.createDirectories(home.run());
        var copy = Files.createFile(home.lastGood(folder.resolve("steward.yaml")));
        var ran = shell.run("up");
        assertThat(ran.status()).isEqualTo(78);
        assertThat(ran.err()).contains("put it back (a copy is " + copy + ")");
    }

    @Test
    void where_agents_live_the_daemon_goes_on_by_that_copy() throws Exception {
        Files.createDirectories(home.run());
        try (var life =
                Posix.locksOnly().tryLock(home.run().resolve("web.life")).orElseThrow()) {
            assertThat(life).isNotNull();
            var refused = shell.run("up");
            assertThat(refused.status()).isEqualTo(78);
            assertThat(refused.err()).contains("Agents live on: web");

            Files.createFile(home.lastGood(folder.resolve("steward.yaml")));
            missing().write();
            assertThat(folder.resolve("steward.yaml")).doesNotExist();
        }
    }
}
