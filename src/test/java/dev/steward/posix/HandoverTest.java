package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HandoverTest {
    @TempDir
    Path folder;

    /** Not a shell: dash lets every signal in as soon as it has waited for a child. */
    private static final String WAIT = """
            import os, sys, time
            print("between", flush=True)
            while not os.path.exists(sys.argv[1] + "/go"):
                time.sleep(0.02)
            os.execv(sys.argv[2], sys.argv[2:])
            """;

    /** Becomes itself once more, and on the way a program that waits: long enough to be sent signals. */
    static final class Twice {
        private Twice() {}

        public static void main(String[] arguments) throws Exception {
            var folder = Path.of(arguments[0]);
            var handedOver = System.getenv("HANDOVER");
            try (var posix = Posix.forSupervisor()) {
                if (handedOver == null) {
                    first(posix, folder, arguments);
                } else {
                    second(posix, folder, Handover.read(handedOver).orElseThrow());
                }
            }
        }

        private static void first(Posix posix, Path folder, String[] arguments) throws Exception {
            var lock = posix.locks().tryLock(folder.resolve("lock")).orElseThrow();
            posix.heard(Map.of(Signal.TERM, () -> System.out.println("too early")), List.of());
            var handover = Handover.of(List.of(lock), List.of(), List.of(Signal.TERM, Signal.HUP));
            var argv = new ArrayList<>(List.of("python3", "-c", WAIT, folder.toString()));
            argv.addAll(List.of(arguments).subList(1, arguments.length));
            posix.exec().execve(Path.of("/usr/bin/python3"), argv, Map.of("HANDOVER", handover.written()), handover);
        }

        private static void second(Posix posix, Path folder, Handover handover) throws Exception {
            var others = Posix.locksOnly();
            System.out.println(
                    "locked " + others.tryLock(folder.resolve("lock")).isEmpty());
            posix.inherit(handover);
            var lock = posix.locks().tryLock(folder.resolve("lock")).orElseThrow();
            posix.letGoOfFiles();
            System.out.println(
                    "locked " + others.tryLock(folder.resolve("lock")).isEmpty());
            lock.close();
            System.out.println("free " + others.tryLock(folder.resolve("lock")).isPresent());
            var heard = new CountDownLatch(2);
            posix.heard(
                    Map.of(Signal.TERM, heard::countDown, Signal.HUP, heard::countDown),
                    List.of(Signal.TERM, Signal.HUP));
            System.out.println("heard " + heard.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void locks_stay_held_and_signals_wait_until_the_next_program_listens() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Twice.class.getName(),
                folder.toString());
        var arguments = new ArrayList<>(command);
        arguments.addAll(command);
        var process = new ProcessBuilder(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("between");
            assertThat(Posix.locksOnly().tryLock(folder.resolve("lock"))).isEmpty();
            // Not Process.destroy, which closes the stream as well.
            process.toHandle().destroy();
            new ProcessBuilder("kill", "-HUP", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            Files.createFile(folder.resolve("go"));

            assertThat(out.readLine()).isEqualTo("locked true");
            assertThat(out.readLine()).isEqualTo("locked true");
            assertThat(out.readLine()).isEqualTo("free true");
            assertThat(out.readLine()).isEqualTo("heard true");
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void what_is_written_for_the_next_program_is_read_by_it_and_nothing_else_is() {
        for (var text : List.of("5,7:TERM,INT", ":", "12:", ":USR1")) {
            assertThat(Handover.read(text).map(Handover::written)).contains(text);
        }
        assertThat(Handover.read("0,1,2,3:").map(Handover::written)).contains("3:");
        for (var text : List.of("", "5", "-1:", "a:", "5,:", "9999999:", "5:TERM:")) {
            assertThat(Handover.read(text)).as(text).isEmpty();
        }
    }

    @Test
    void a_program_that_cannot_be_executed_leaves_handlers_and_descriptors_as_they_were() throws Exception {
        var heard = new CountDownLatch(1);
        try (var posix = Posix.forSupervisor();
                var lock = posix.locks().tryLock(folder.resolve("lock")).orElseThrow()) {
            posix.heard(Map.of(Signal.USR1, heard::countDown), List.of());
            var handover = Handover.of(List.of(lock), List.of(), List.of(Signal.USR1));
            assertThatThrownBy(() -> posix.exec().execve(Path.of("/no/such"), List.of("it"), Map.of(), handover))
                    .hasMessageContaining("/no/such cannot be executed");
            new ProcessBuilder(
                            "kill",
                            "-USR1",
                            String.valueOf(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
            Await.until("the signal is heard", () -> heard.getCount() == 0);
        }
    }
}
