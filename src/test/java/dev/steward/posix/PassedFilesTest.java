package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files that come with a datagram: anybody who may send can send any number of them. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class PassedFilesTest {
    @TempDir
    Path folder;

    private TestDatagrams node;

    @BeforeEach
    void open() {
        node = new TestDatagrams(folder);
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    @Test
    void passed_files_are_open_until_the_datagram_is_closed() throws Exception {
        var socket = node.datagrams.listen(node.name());
        // As sd_notify(3) waits for a barrier: the end of a pipe, which comes when the last writer has closed it.
        var process = TestDatagrams.python(node.name(), """
                r, w = os.pipe()
                socket.send_fds(s, [b"BARRIER=1"], [w])
                os.close(w)
                os.read(r, 1)
                """);
        var barrier = node.next(socket);
        assertThat(barrier.text()).isEqualTo("BARRIER=1");
        assertThat(barrier.files()).isEqualTo(1);
        assertThat(process.isAlive()).isTrue();
        assertThat(node.posix.processes().identify(barrier.sender().pid())).isPresent();

        barrier.close();
        barrier.close();

        TestDatagrams.ended(process);
    }

    /** How often this JVM has a file open. */
    private static long opened(Path file) throws IOException {
        var real = file.toRealPath();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(link -> {
                        try {
                            return Files.readSymbolicLink(link).equals(real);
                        } catch (IOException gone) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private static void passFiles(SocketName name, Path file) throws Exception {
        TestDatagrams.ended(TestDatagrams.python(name, """
                one = os.open("%s", os.O_RDONLY)
                socket.send_fds(s, [b"FDSTORE=1"], [one] * 200)
                socket.send_fds(s, [b"FDSTORE=1" + b"x" * 5000], [one] * 253)
                s.send(b"end")
                """.formatted(file)));
    }

    @Test
    void two_hundred_passed_files_do_not_leak() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        var socket = node.datagrams.listen(node.name());
        passFiles(node.name(), file);
        try (var many = node.next(socket)) {
            assertThat(many.files()).isEqualTo(200);
            assertThat(opened(file)).isEqualTo(200);
        }
        try (var most = node.next(socket)) {
            assertThat(most.truncated()).isTrue();
            assertThat(most.files()).isEqualTo(253);
        }
        node.next(socket).close();
        assertThat(opened(file)).isZero();
    }

    /** Receives under a limit that the passed files go beyond. */
    static final class Few {
        private Few() {}

        public static void main(String[] arguments) throws Exception {
            var folder = Path.of(arguments[0]);
            try (var posix = Posix.forSupervisor();
                    var datagrams = posix.datagrams()) {
                var socket = datagrams.listen(new SocketName.InFileSystem(folder.resolve("notify")));
                // Once before, for the classes of it: there will be no descriptor left to load them with.
                Posix.datagramSender().send(socket.name(), "first");
                System.out.println("listens");
                for (var i = 0; i < 4; i++) {
                    datagrams.await(TestDatagrams.LONG);
                    var datagram = socket.receive().orElseThrow();
                    datagram.close();
                    System.out.println(datagram.files() + " " + opened(folder.resolve("file")));
                }
            }
        }
    }

    @Test
    void files_that_the_kernel_cuts_off_for_want_of_descriptors_do_not_leak() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "");
        var process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n 128; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Few.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = process.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("listens");
            assertThat(lines.readLine()).isEqualTo("0 0");
            passFiles(node.name(), file);
            for (var i = 0; i < 2; i++) {
                var seen = lines.readLine().split(" ", -1);
                assertThat(Integer.parseInt(seen[0])).isBetween(1, 127);
                assertThat(seen[1]).isEqualTo("0");
            }
            assertThat(lines.readLine()).isEqualTo("0 0");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
