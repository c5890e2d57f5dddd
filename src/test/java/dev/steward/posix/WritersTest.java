package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.posix.Writers.Writer;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class WritersTest {
    @TempDir
    Path folder;

    private final Writers writers = Posix.writersOnly();

    private FileKey made(String name) throws IOException {
        return Posix.filesOnly()
                .facts(Files.writeString(folder.resolve(name), ""))
                .key();
    }

    /** Waits until its redirections are made. */
    private Watched shell(TestPosix node, String script) throws Exception {
        var shell = node.spawn(Map.of("PATH", "/usr/bin:/bin"), "/bin/sh", "-c", "cd " + folder + "; " + script);
        Await.until("it is ready", () -> node.written().contains("ready\n"));
        return shell;
    }

    private List<Writer> othersWho(FileKey file) {
        return writers.ofOthers(Set.of(file)).of(file);
    }

    @Test
    void who_appends_and_who_does_not_is_told_apart_and_who_reads_is_no_writer() throws Exception {
        var log = made("a log");
        var other = made("other");
        var silent = made("silent");
        try (var node = new TestPosix(folder)) {
            var pid = shell(node, "exec 3>>'a log' 4>'a log' 5<'a log' 6<>other 7>>other; echo ready; exec sleep 1000")
                    .pid();
            Await.until(
                    "it sleeps",
                    () -> Files.readString(Path.of("/proc/" + pid + "/comm")).equals("sleep\n"));

            var seen = writers.of(Set.of(log, other, silent));

            assertThat(seen.of(log))
                    .containsExactlyInAnyOrder(new Writer(pid, "sleep", true), new Writer(pid, "sleep", false));
            assertThat(seen.of(other))
                    .containsExactlyInAnyOrder(new Writer(pid, "sleep", true), new Writer(pid, "sleep", false));
            assertThat(seen.of(silent)).isEmpty();
            assertThat(seen.writers()).containsOnlyKeys(log, other);
        }
    }

    @Test
    void several_descriptors_of_one_kind_are_one_writer_and_a_child_that_inherited_them_is_another() throws Exception {
        var log = made("log");
        try (var node = new TestPosix(folder)) {
            var pid = shell(node, "exec 3>>log 4>>log; sleep 1000 & echo ready; wait")
                    .pid();
            var seen = othersWho(log);
            assertThat(seen).hasSize(2).allMatch(Writer::appends).contains(new Writer(pid, "sh", true));
            node.posix.signals().group(pid, Signal.KILL);
        }
    }

    @Test
    void this_process_is_seen_by_those_who_do_not_ask_for_others_only() throws Exception {
        var log = made("log");
        var self = ProcessHandle.current().pid();
        try (var open = Posix.filesOnly().update(folder.resolve("log"));
                var appending = Files.newOutputStream(folder.resolve("log"), StandardOpenOption.APPEND)) {
            open.write(ByteBuffer.allocate(1), 0);
            appending.write(1);
            assertThat(writers.of(Set.of(log)).of(log))
                    .hasSize(2)
                    .allMatch(writer -> writer.pid() == self)
                    .extracting(Writer::appends)
                    .containsExactlyInAnyOrder(true, false);
            assertThat(othersWho(log)).isEmpty();
        }
        assertThat(writers.of(Set.of(log)).of(log)).isEmpty();
    }

    @Test
    void a_child_that_is_being_started_is_no_writer_of_what_it_will_not_inherit() throws Exception {
        var log = made("log");
        try (var node = new TestPosix(folder);
                var open = Posix.filesOnly().update(folder.resolve("log"))) {
            open.write(ByteBuffer.allocate(1), 0);
            var starting = Thread.ofPlatform().start(() -> {
                for (var i = 0; i < 100; i++) {
                    try {
                        node.spawn("/bin/true");
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            });
            while (starting.isAlive()) {
                assertThat(othersWho(log)).isEmpty();
            }
            starting.join();
        }
    }

    @Test
    void the_other_threads_of_a_process_whose_first_has_ended_are_seen() throws Exception {
        var log = made("log");
        var script = """
                import ctypes, threading, time
                log = open('%s', 'a')
                threading.Thread(target=time.sleep, args=(1000,)).start()
                ctypes.CDLL(None).pthread_exit(None)
                """.formatted(folder.resolve("log"));
        try (var node = new TestPosix(folder)) {
            var pid = node.spawn(Map.of("PATH", System.getenv("PATH")), "/usr/bin/env", "python3", "-c", script)
                    .pid();
            Await.until(
                    "the end of its first thread",
                    () -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z "));
            assertThat(othersWho(log)).hasSize(1).allMatch(writer -> writer.pid() == pid && writer.appends());
        }
    }

    @Test
    void a_file_that_was_deleted_and_its_successor_of_the_same_name_are_two() throws Exception {
        var log = made("log");
        try (var node = new TestPosix(folder)) {
            shell(node, "exec 3>>log; mv log gone; : >log; echo ready; exec sleep 1000");
            var successor = Posix.filesOnly().facts(folder.resolve("log")).key();
            assertThat(othersWho(log)).hasSize(1);
            assertThat(othersWho(successor)).isEmpty();
            Files.delete(folder.resolve("gone"));
            assertThat(othersWho(log)).hasSize(1);
        }
    }

    @Test
    void root_sees_everybody_and_another_user_learns_that_something_is_hidden() throws Exception {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid")), "this is root");
        var log = made("log");
        assertThat(writers.of(Set.of(log)).complete()).isTrue();
        assertThat(Posix.users().as("nobody", () -> writers.of(Set.of(log)).complete()))
                .isFalse();
    }
}
