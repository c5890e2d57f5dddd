package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules;
import dev.steward.config.LogRules.Strategy;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenameTest {
    @TempDir
    Path folder;

    private final List<LogRules.Notify> told = new ArrayList<>();
    private Workshop shop;
    private final LogRules.Notify how = new LogRules.Notify.Signal("HUP", Path.of("/nowhere.pid"));

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
        shop.rules = Workshop.rules(7, new Strategy.Rename(Optional.of(how)));
        shop.teller = told::add;
    }

    @Test
    void the_log_becomes_the_archive_and_a_new_one_has_its_rights_before_anybody_is_told() throws Exception {
        shop.append("old\nunfin");
        Files.setPosixFilePermissions(shop.log, PosixFilePermissions.fromString("rw-rw-r--"));
        shop.teller = notify -> {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shop.log)))
                    .isEqualTo("rw-rw-r--");
            told.add(notify);
        };

        assertThat(shop.rotated().way()).isEqualTo(Outcome.Way.RENAME);

        assertThat(told).containsExactly(how);
        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo("old\nunfin");
        assertThat(shop.log).isEmptyFile();
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void a_writer_that_keeps_the_file_open_loses_nothing() throws Exception {
        shop.append("one\n");
        try (var writer = Files.newOutputStream(shop.log, StandardOpenOption.APPEND)) {
            shop.rotated();
            writer.write("two\n".getBytes(StandardCharsets.US_ASCII));
        }
        shop.append("three\n");

        assertThat(shop.streamWithoutBlanks()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void that_nobody_could_be_told_is_reported_until_somebody_is() throws Exception {
        shop.append("one\n");
        shop.teller = _ -> {
            throw new IOException("nobody listens");
        };

        for (var i = 0; i < 2; i++) {
            var outcome = shop.outcome(Workshop.FORCED);
            assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
            assertThat(outcome.reason()).contains("nobody listens");
        }
        assertThat(shop.streamWithoutBlanks()).isEqualTo("one\n");

        shop.teller = told::add;
        shop.outcome(Workshop.WHEN_DUE);
        shop.outcome(Workshop.WHEN_DUE);
        assertThat(told).hasSize(1);
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void who_is_killed_between_the_rename_and_the_new_log_leaves_both_to_the_next() throws Exception {
        Files.writeString(folder.resolve("app.log.1"), "old\n");
        Files.createFile(folder.resolve(".app.log.cut-renamed"));

        shop.outcome(Workshop.WHEN_DUE);

        assertThat(told).hasSize(1);
        assertThat(shop.log).isEmptyFile();
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void a_writer_that_has_opened_a_new_log_itself_keeps_that() throws Exception {
        shop.append("old\n");
        shop.teller = _ -> Files.writeString(shop.log, "of the writer\n");
        shop.rotated();

        assertThat(shop.streamWithoutBlanks()).isEqualTo("old\nof the writer\n");
    }

    @Test
    void a_process_gets_the_signal_and_a_command_runs() throws Exception {
        var here = Map.of("PATH", "/usr/bin:/bin");
        var shell = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "trap 'echo > " + folder.resolve("got-it") + "; exit' HUP; while :; do sleep 0.05; done")
                .start();
        try {
            var pid = Files.writeString(folder.resolve("pid"), shell.pid() + "\n");
            // Until its trap is set, the signal would end it.
            Await.until("it sleeps", () -> shell.descendants().findAny().isPresent());
            shop.teller = new Reopening(here);
            shop.rules = Workshop.rules(7, new Strategy.Rename(Optional.of(new LogRules.Notify.Signal("HUP", pid))));
            shop.append("old\n");

            shop.rotated();

            Await.until("the signal came", () -> Files.exists(folder.resolve("got-it")));
            shell.onExit().join();
            shop.append("new\n");
            var outcome = shop.outcome(Workshop.FORCED);
            assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
            assertThat(outcome.reason()).contains("kill");
            assertThat(shop.streamWithoutBlanks()).isEqualTo("old\nnew\n");
        } finally {
            shell.destroyForcibly();
        }
    }
}
