package dev.steward.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.control.Question;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A pid that was an agent's is somebody else's by now: they are neither signalled nor adopted. */
@EnabledOnOs(OS.LINUX)
class ForeignTest {
    @TempDir
    Path folder;

    private LiveNode node;
    private Cast cast;
    private Process stranger;

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is here");
        node = new LiveNode(folder.toRealPath());
        cast = new Cast(node.home);
        node.configure(cast.yaml("plain", 1, false));
        // In a session of its own, as an agent's main process is.
        stranger = new ProcessBuilder("setsid", "sleep", "300").start();
        node.up();
        node.await("plain", "up");
    }

    @AfterEach
    void end() throws IOException {
        stranger.destroyForcibly();
        node.close();
    }

    private void killAllAgents() throws Exception {
        for (var left : Machine.with(node.home.toString())) {
            Machine.kill(left.pid());
        }
        Await.until("all are gone", () -> Machine.with(node.home.toString()).isEmpty());
    }

    private void record(String columns) throws Exception {
        try (var store = DriverManager.getConnection("jdbc:sqlite:" + node.home.resolve("state.db"));
                var statement = store.createStatement()) {
            statement.execute("UPDATE agent SET " + columns);
        }
    }

    private String startOfTheStranger() throws IOException {
        return Files.readString(Path.of("/proc/" + stranger.pid() + "/stat")).split(" ", -1)[21];
    }

    /** Changes a word of each life note, in place, as only the same file is believed. */
    private void note(int word, String changed) throws IOException {
        try (var files = Files.newDirectoryStream(node.home.resolve("run"), "*.life")) {
            for (var file : files) {
                var words = Files.readString(file).strip().split(" ", -1);
                words[word] = changed;
                Files.writeString(file, String.format("%-255s\n", String.join(" ", words)));
            }
        }
    }

    private void allIsWellAndTheStrangerLives() throws Exception {
        for (var name : List.of("plain", "wiper", "closer")) {
            node.await(name, "up");
            assertThat(node.pidOf(name)).isNotEqualTo(stranger.pid());
        }
        node.request("stop", "plain");
        node.request("restart", "wiper");
        assertThat(cast.second()).isEmpty();
        assertThat(stranger.isAlive()).isTrue();
    }

    @Test
    void the_record_names_a_stranger() throws Exception {
        node.kill();
        killAllAgents();
        record("pid = " + stranger.pid() + ", start = " + startOfTheStranger());
        node.up();
        allIsWellAndTheStrangerLives();
    }

    @Test
    void a_life_file_names_a_pid_that_is_a_strangers_now() throws Exception {
        node.kill();
        killAllAgents();
        Files.delete(node.home.resolve("state.db"));
        note(0, Long.toString(stranger.pid()));
        node.up();
        allIsWellAndTheStrangerLives();
    }

    @Test
    void a_new_boot_starts_clean_and_what_was_asked_is_remembered() throws Exception {
        node.request("stop", "deaf");
        node.await("job", "ended");
        node.kill();
        killAllAgents();
        var boot = UUID.randomUUID();
        record("boot = '" + boot + "', pid = " + stranger.pid() + ", start = " + startOfTheStranger());
        note(0, Long.toString(stranger.pid()));
        note(1, startOfTheStranger());
        note(2, boot.toString());

        node.up();

        assertThat(node.state("deaf")).isEqualTo("stopped");
        Await.until("the job is done again", () -> endsOf("job") == 2);
        allIsWellAndTheStrangerLives();
    }

    private long endsOf(String agent) {
        return node.ask(Question.of("history").with("agent", agent))
                .orElseThrow()
                .text()
                .lines()
                .filter(line -> line.contains("-> ended"))
                .count();
    }
}
