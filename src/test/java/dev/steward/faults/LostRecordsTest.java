package dev.steward.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.control.Question;
import dev.steward.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon knows is lost, old or wrong: nothing runs twice nevertheless. */
@EnabledOnOs(OS.LINUX)
class LostRecordsTest {
    private static final List<String> RUNNING = List.of("plain", "forking", "wiper", "closer");

    @TempDir
    Path folder;

    private LiveNode node;
    private Cast cast;

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl is here");
        node = new LiveNode(folder.toRealPath());
        cast = new Cast(node.home);
        node.configure(cast.yaml("plain", 1, false));
    }

    @AfterEach
    void end() throws IOException {
        node.close();
    }

    private void awaitAllUp() throws Exception {
        for (var name : RUNNING) {
            node.await(name, "up");
        }
    }

    private void nothingRunsTwice() throws Exception {
        for (var name : RUNNING) {
            Await.until(name + " runs once", () -> cast.mains(name).size() == 1);
        }
        Await.until(
                "each has the children of one", () -> cast.children("forking").size() == 2);
        assertThat(cast.second()).isEmpty();
    }

    /** Until it is gone: a daemon that has just come up still makes and removes files of its own there. */
    private static void removeAll(Path folder) throws Exception {
        Await.until(folder + " is removed", () -> {
            try (Stream<Path> all = Files.walk(folder)) {
                for (var file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.deleteIfExists(file);
                }
                return true;
            } catch (UncheckedIOException | IOException changedMeanwhile) {
                return Files.notExists(folder);
            }
        });
    }

    @Test
    void the_folder_of_locks_was_deleted() throws Exception {
        node.up();
        awaitAllUp();
        var pids = Stream.of("plain", "wiper", "closer").map(node::pidOf).toList();
        node.kill();
        removeAll(node.home.resolve("run"));
        node.up();
        awaitAllUp();
        nothingRunsTwice();
        assertThat(Stream.of("plain", "wiper", "closer").map(node::pidOf).toList())
                .isEqualTo(pids);
    }

    @Test
    void the_folder_of_locks_was_deleted_under_the_daemon() throws Exception {
        node.up();
        awaitAllUp();
        removeAll(node.home.resolve("run"));
        for (var name : RUNNING) {
            var pid = cast.mains(name).getFirst();
            Machine.kill(pid);
            Await.until(
                    name + " is back",
                    () -> cast.mains(name).size() == 1 && !cast.mains(name).contains(pid));
        }
        node.kill();
        node.up();
        awaitAllUp();
        nothingRunsTwice();
    }

    @Test
    void the_folder_of_locks_and_the_record_were_deleted() throws Exception {
        node.up();
        awaitAllUp();
        node.kill();
        removeAll(node.home.resolve("run"));
        Files.delete(node.home.resolve("state.db"));
        node.up();
        awaitAllUp();
        nothingRunsTwice();
    }

    /** It ended at once, and what it left was still being asked to end when the daemon died. */
    @Test
    void what_a_stopped_agent_left_is_ended_by_the_next_daemon() throws Exception {
        node.configure(cast.yaml("plain", 1, false).replace("timeout: 200ms", "timeout: 5s"));
        node.up();
        node.await("stubborn", "up");
        node.ask(Question.of("stop").with("agents", List.of("stubborn")).with("wait", false));
        Await.until("its main process has ended", () -> cast.mains("stubborn").isEmpty());
        node.kill();
        assertThat(cast.children("stubborn")).hasSize(1);

        node.up();

        Await.until("its child is gone", () -> cast.children("stubborn").isEmpty());
        node.await("stubborn", "stopped");
    }

    @Test
    void the_record_was_deleted_while_no_daemon_ran_and_that_is_told() throws Exception {
        node.up();
        awaitAllUp();
        node.kill();
        for (var name : List.of("state.db", "state.db-wal", "state.db-shm")) {
            Files.deleteIfExists(node.home.resolve(name));
        }

        node.up();

        assertThat(node.problems()).singleElement().asString().contains("state.db was gone");
    }

    @Test
    void a_trail_that_a_command_began_is_no_sign_of_a_record_that_was_there() throws Exception {
        Files.writeString(node.home.resolve("audit.jsonl"), "{\"event\":\"old\"}\n");

        node.up();

        assertThat(node.problems()).isEmpty();
    }

    @Test
    void the_record_was_deleted_under_the_daemon() throws Exception {
        node.up();
        awaitAllUp();
        node.request("stop", "deaf");
        Files.delete(node.home.resolve("state.db"));
        node.request("stop", "plain");
        Await.until("it is there again", () -> Files.exists(node.home.resolve("state.db")));
        node.kill();

        node.up();

        assertThat(node.problems()).isEmpty();
        assertThat(node.state("deaf")).isEqualTo("stopped");
        assertThat(node.state("plain")).isEqualTo("stopped");
        assertThat(cast.mains("plain")).isEmpty();
        assertThat(cast.second()).isEmpty();
    }

    /** SQLite would take the log of the record that is there no more for that of the copy. */
    @Test
    void the_record_was_restored_from_an_older_copy_beside_a_newer_log() throws Exception {
        node.up();
        awaitAllUp();
        node.kill();
        for (var part : List.of("state.db", "state.db-wal")) {
            Files.copy(node.home.resolve(part), node.home.resolve("older-" + part));
        }
        node.up();
        RUNNING.forEach(name -> node.request("restart", name));
        node.request("stop", "deaf");
        var pids = RUNNING.stream().map(node::pidOf).toList();
        node.kill();
        Files.move(
                node.home.resolve("older-state.db"),
                node.home.resolve("state.db"),
                StandardCopyOption.REPLACE_EXISTING);

        node.up();
        awaitAllUp();
        nothingRunsTwice();
        assertThat(RUNNING.stream().map(node::pidOf).toList()).isEqualTo(pids);

        node.kill();
        for (var part : List.of("state.db-wal", "state.db-shm")) {
            Files.deleteIfExists(node.home.resolve(part));
        }
        Files.write(node.home.resolve("state.db"), new byte[5_000]);

        node.up();
        awaitAllUp();
        nothingRunsTwice();
        assertThat(RUNNING.stream().map(node::pidOf).toList()).isEqualTo(pids);
        assertThat(node.problems()).singleElement().asString().contains("state.db was damaged");
    }
}
