package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ExecTest {
    /** The shell reads its own signals itself: it blocks them while it starts another program. */
    private static final String LOOK = """
            echo "pid $$"
            echo "argv $*"
            echo "variables $(tr '\\0' ' ' < /proc/$$/environ)"
            while IFS= read -r line; do case $line in SigBlk*|SigIgn*) echo "$line";; esac; done < /proc/$$/status
            echo "limit $(ulimit -Sn)"
            ls /proc/$$/fd
            """;

    @TempDir
    Path folder;

    /** Dirties this process as far as it can, and becomes a shell that says what is left of it. */
    static final class Dirty {
        private Dirty() {}

        public static void main(String[] arguments) throws Exception {
            var file = Path.of(arguments[0]);
            try (var posix = Posix.forSupervisor();
                    var lock = posix.locks().tryLock(file).orElseThrow();
                    var open = Files.newInputStream(file);
                    var arena = Arena.ofShared()) {
                var libc = new Libc(Os.LINUX);
                var blocked = arena.allocate(128, 8);
                blocked.fill((byte) 0xff);
                libc.call(libc.function("pthread_sigmask"), 0, blocked.address(), 0);
                System.out.println(ProcessHandle.current().pid() + " " + open.available() + lock.descriptor());
                System.out.println(Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                        .filter(line -> line.startsWith("SigBlk") || line.startsWith("SigIgn"))
                        .toList());
                var exec = posix.exec();
                if (arguments.length > 1) {
                    try {
                        exec.execve(Path.of(arguments[1]), List.of("it"), Map.of(), Handover.ofNothing());
                    } catch (IOException e) {
                        System.out.println(e.getMessage());
                        System.out.println(Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                                .filter(line -> line.startsWith("SigBlk") || line.startsWith("SigIgn"))
                                .toList());
                    }
                    return;
                }
                exec.execve(
                        Path.of("/bin/sh"),
                        List.of("another name", "-c", LOOK, "sh", "grüße", "two words"),
                        Map.of("KEY", "ü =x"),
                        Handover.ofNothing());
            }
        }
    }

    private List<String> run(String... more) throws Exception {
        var file = Files.writeString(folder.resolve("file"), "x");
        var command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "trap '' HUP USR1 PIPE; ulimit -Sn 77; exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-MaxFDLimit",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Dirty.class.getName(),
                file.toString()));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).isZero();
        assertThat(lines.getFirst()).startsWith(process.pid() + " ");
        return lines;
    }

    @Test
    void the_pid_stays_and_the_new_program_starts_clean() throws Exception {
        var lines = run();

        var pid = lines.getFirst().split(" ", -1)[0];
        assertThat(lines.get(1))
                .doesNotContain("SigBlk:\t0000000000000000")
                .doesNotContain("SigIgn:\t0000000000000000");
        assertThat(lines.subList(2, lines.size()))
                .containsExactly(
                        "pid " + pid,
                        "argv grüße two words",
                        "variables KEY=ü =x ",
                        "SigBlk:\t0000000000000000",
                        "SigIgn:\t0000000000000000",
                        "limit 77",
                        "0",
                        "1",
                        "2");
    }

    @Test
    void if_it_is_refused_the_program_goes_on_with_its_signals_as_they_were() throws Exception {
        var lines = run("/no/such/program");

        assertThat(lines.get(2)).isEqualTo("/no/such/program cannot be executed: No such file or directory");
        assertThat(lines.get(3)).isEqualTo(lines.get(1));
    }

    @Test
    void what_the_kernel_says_of_a_program_is_passed_on() throws Exception {
        var text = Files.writeString(folder.resolve("text"), "no program");
        try (var node = new TestPosix(folder)) {
            var exec = node.posix.exec();
            assertThatThrownBy(() -> exec.execve(text, List.of("it"), Map.of(), Handover.ofNothing()))
                    .isInstanceOf(IOException.class)
                    .hasMessage(text + " cannot be executed: Permission denied");
            assertThat(text.toFile().setExecutable(true)).isTrue();
            assertThatThrownBy(() -> exec.execve(text, List.of("it"), Map.of(), Handover.ofNothing()))
                    .hasMessage(text + " cannot be executed: Exec format error");
            assertThatThrownBy(() -> exec.execve(
                            Path.of("/bin/echo"), List.of("it", "x".repeat(200_000)), Map.of(), Handover.ofNothing()))
                    .hasMessage("/bin/echo cannot be executed: Argument list too long");
        }
    }
}
