package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class ProcFsTest {
    private static final long NOBODY = 4_194_305;

    @TempDir
    Path folder;

    private final ProcFs processes = new ProcFs(Path.of("/proc"));

    @ParameterizedTest
    @ValueSource(strings = {"two words", "(a) (b", "x) Z 1 (y", ") ) )", "(", "0 0 0"})
    void a_program_may_have_any_name(String name) throws Exception {
        var program = folder.resolve(name);
        Files.copy(Path.of("/bin/sleep"), program).toFile().setExecutable(true);
        try (var node = new TestPosix(folder)) {
            var pid = node.spawn(program.toString(), "1000").pid();
            Await.until(
                    "it bears its name",
                    () -> Files.readString(Path.of("/proc/" + pid + "/comm")).equals(name + "\n"));

            assertThat(processes.session(pid)).hasValue(pid);
            assertThat(processes.identify(pid)).hasValueSatisfying(identity -> {
                assertThat(identity.pid()).isEqualTo(pid);
                assertThat(identity.start()).isPositive();
            });
        }
    }

    @Test
    void a_zombie_is_dead() throws Exception {
        try (var node = new TestPosix(folder)) {
            var parent = node.spawn("/bin/sh", "-c", "sleep 0.01 & echo $!; exec sleep 1000");
            Await.until("a pid", () -> node.written().endsWith("\n"));
            var zombie = Long.parseLong(node.written().strip());
            Await.until(
                    "a zombie",
                    () -> Files.readString(Path.of("/proc/" + zombie + "/stat")).contains(") Z "));

            assertThat(processes.identify(zombie)).isEmpty();
            assertThat(processes.lives(zombie)).isFalse();
            assertThat(processes.session(zombie)).isEmpty();
            assertThat(processes.snapshot())
                    .extracting(Processes.ProcessInfo::pid)
                    .doesNotContain(zombie);
            assertThat(processes.lives(parent.pid())).isTrue();
        }
    }

    @Test
    void a_process_whose_first_thread_has_ended_lives_on_in_its_others() throws Exception {
        var script = """
                import ctypes, threading, time
                threading.Thread(target=time.sleep, args=(1000,)).start()
                ctypes.CDLL(None).pthread_exit(None)
                """;
        try (var node = new TestPosix(folder)) {
            var process = node.spawn(Map.of("PATH", System.getenv("PATH")), "/usr/bin/env", "python3", "-c", script);
            var pid = process.pid();
            Await.until(
                    "the end of its first thread",
                    () -> Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z "));

            assertThat(processes.lives(pid)).isTrue();
            assertThat(processes.statusOfZombie(pid)).isEmpty();
            process.signal(Signal.KILL);
            Await.until("its end", () -> !processes.lives(pid));
            assertThat(processes.statusOfZombie(pid)).contains(new ExitStatus.Signalled(9, false));
        }
    }

    @Test
    void one_look_tells_parent_group_and_session_of_the_living_and_of_zombies() throws Exception {
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/sleep", "1000");
            var pid = child.pid();
            var alive = processes.find(pid).orElseThrow();
            assertThat(alive.identity()).isEqualTo(processes.identify(pid).orElseThrow());
            assertThat(alive.parent()).isEqualTo(ProcessHandle.current().pid());
            assertThat(alive.group()).isEqualTo(pid);
            assertThat(alive.session()).isEqualTo(pid);

            child.signal(Signal.KILL);
            Await.until("a zombie", () -> !processes.lives(pid));
            assertThat(processes.find(pid)).contains(alive);

            node.end(child);
            assertThat(processes.find(pid)).isEmpty();
        }
    }

    @Test
    void nobody_has_no_identity_no_session_no_environment_and_no_files() {
        assertThat(processes.identify(NOBODY)).isEmpty();
        assertThat(processes.session(NOBODY)).isEmpty();
        assertThat(processes.environment(NOBODY)).isEmpty();
        assertThat(processes.openFiles(NOBODY)).isEmpty();
        assertThat(processes.lives(NOBODY)).isFalse();
    }

    @Test
    void another_start_or_another_boot_is_another_process() {
        var self = processes.identify(ProcessHandle.current().pid()).orElseThrow();

        assertThat(processes.lives(self)).isTrue();
        assertThat(processes.lives(new Identity(self.pid(), self.start() + 1, self.boot())))
                .isFalse();
        assertThat(processes.lives(new Identity(self.pid(), self.start(), "another boot")))
                .isFalse();
    }

    @Test
    void a_snapshot_holds_everybody_with_parent_group_and_session() throws Exception {
        try (var node = new TestPosix(folder)) {
            var pid = node.spawn("/bin/sleep", "1000").pid();

            var seen = processes.snapshot().stream()
                    .filter(process -> process.pid() == pid)
                    .findFirst()
                    .orElseThrow();

            assertThat(seen.parent()).isEqualTo(ProcessHandle.current().pid());
            assertThat(seen.group()).isEqualTo(pid);
            assertThat(seen.session()).isEqualTo(pid);
            assertThat(processes.identify(pid)).contains(seen.identity());
        }
    }

    @Test
    void an_environment_is_read_in_utf_8_whatever_its_values_hold() throws Exception {
        var given = Map.of("HOME", "/home/jürgen", "TEXT", "a=b\nc", "EMPTY", "", "漢字", "🦉");
        try (var node = new TestPosix(folder)) {
            var pid = node.spawn(given, "/bin/sleep", "1000").pid();
            // Where it lies is only known once the program's image is complete.
            Await.until("an environment", () -> !processes.environment(pid).isEmpty());
            assertThat(processes.environment(pid)).isEqualTo(given);
        }
    }

    @Test
    void the_files_that_a_process_has_open_are_named() throws Exception {
        try (var node = new TestPosix(folder)) {
            var pid = node.spawn("/bin/sleep", "1000").pid();
            assertThat(processes.openFiles(pid))
                    .contains("/dev/null", node.output.toRealPath().toString())
                    .anyMatch(file -> file.endsWith("/0.life"));
        }
    }

    @Test
    void what_forked_away_from_a_child_is_an_orphan_and_a_child_is_none() throws Exception {
        try (var node = new TestPosix(folder)) {
            var parent = node.spawn("/bin/sh", "-c", "sleep 60 & echo $!");
            node.end(parent);
            var orphan = Long.parseLong(node.written().strip());
            var child = node.spawn("/bin/sleep", "1000");

            assertThat(processes.orphans()).contains(orphan).doesNotContain(child.pid());

            var process = node.posix.poller().child(orphan);
            process.signal(Signal.KILL);
            assertThat(node.end(process)).isEqualTo(new ExitStatus.Signalled(9, false));
            assertThat(processes.orphans()).doesNotContain(orphan);
        }
    }

    @Test
    void a_machine_without_the_file_system_is_refused_by_name() {
        assertThatThrownBy(() -> new ProcFs(folder))
                .isInstanceOf(UnsupportedSystem.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("proc");
    }
}
