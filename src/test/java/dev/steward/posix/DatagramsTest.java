package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@EnabledOnOs(OS.LINUX)
class DatagramsTest {
    private static final Path NOTIFY = Path.of("/usr/bin/systemd-notify");

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
    void what_another_process_sends_arrives_with_its_pid_and_user() throws Exception {
        var socket = node.datagrams.listen(node.name());
        var process = TestDatagrams.python(node.name(), "s.send('READY=1\\nSTATUS=grüße'.encode())");
        try (var datagram = node.next(socket)) {
            assertThat(datagram.text()).isEqualTo("READY=1\nSTATUS=grüße");
            assertThat(datagram.content()).isEqualTo("READY=1\nSTATUS=grüße".getBytes(StandardCharsets.UTF_8));
            assertThat(datagram.sender().pid()).isEqualTo(process.pid());
            assertThat(datagram.sender().uid()).isEqualTo(uid());
            assertThat(datagram.truncated()).isFalse();
            assertThat(datagram.files()).isZero();
        }
        TestDatagrams.ended(process);
        assertThat(socket.receive()).isEmpty();
        assertThat(node.datagrams.await(0)).isEmpty();
    }

    private static long uid() throws IOException {
        return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    }

    @Test
    void an_abstract_name_works_and_leaves_no_file() throws Exception {
        var name = new SocketName.Abstract(folder.resolve("notify") + " ü");
        var socket = node.datagrams.listen(name);
        var process = TestDatagrams.python(name, "s.send(b'WATCHDOG=1')");
        try (var datagram = node.next(socket)) {
            assertThat(datagram.text()).isEqualTo("WATCHDOG=1");
        }
        TestDatagrams.ended(process);
        assertThat(node.sender.send(name, "own")).isEmpty();
        try (var datagram = node.next(socket)) {
            assertThat(datagram.sender().pid())
                    .isEqualTo(ProcessHandle.current().pid());
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_socket_file_is_for_its_owner_alone_and_goes_with_the_socket() throws Exception {
        var socket = node.datagrams.listen(node.name());
        var file = folder.resolve("notify");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        socket.close();
        socket.close();

        assertThat(file).doesNotExist();
        assertThat(socket.receive()).isEmpty();
        assertThat(node.sender.send(node.name(), "x"))
                .contains("nothing can be sent to " + file + ": No such file or directory");
    }

    @Test
    void the_socket_file_of_a_killed_process_is_replaced() throws Exception {
        var file = folder.resolve("notify");
        new ProcessBuilder(
                        "python3",
                        "-c",
                        "import os, socket, sys; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
                                + "s.bind(sys.argv[1]); os.kill(os.getpid(), 9)",
                        file.toString())
                .start()
                .waitFor();
        assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).isTrue();

        var socket = node.datagrams.listen(node.name());

        assertThat(node.sender.send(node.name(), "READY=1")).isEmpty();
        node.next(socket).close();
    }

    @Test
    void a_replaced_socket_leaves_the_file_of_its_successor_alone() throws Exception {
        var first = node.datagrams.listen(node.name());
        var second = node.datagrams.listen(node.name());
        first.close();

        assertThat(node.sender.send(node.name(), "x")).isEmpty();
        node.next(second).close();
    }

    @Test
    void anything_else_in_its_place_is_left_alone() throws Exception {
        var file = Files.writeString(folder.resolve("notify"), "mine");
        assertThatThrownBy(() -> node.datagrams.listen(node.name()))
                .isInstanceOf(IOException.class)
                .hasMessage(file + " is there and is not a socket: move it away");
        assertThat(file).hasContent("mine");
    }

    @Test
    void it_says_why_it_cannot_listen_and_leaves_nothing_open() throws Exception {
        var before = TestPosix.descriptors();
        var nowhere = new SocketName.InFileSystem(folder.resolve("no/notify"));
        assertThatThrownBy(() -> node.datagrams.listen(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessage("The socket " + nowhere + " cannot be listened on: No such file or directory");
        var tooLong = new SocketName.InFileSystem(folder.resolve("x".repeat(108)));
        assertThatThrownBy(() -> node.datagrams.listen(tooLong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is too long: the system takes 107 bytes");
        var taken = new SocketName.Abstract(folder + "/taken");
        node.datagrams.listen(taken).close();
        try (var other = node.datagrams.listen(taken)) {
            assertThatThrownBy(() -> node.datagrams.listen(taken))
                    .hasMessage("The socket " + taken + " cannot be listened on: Address already in use");
            assertThat(other.name()).isEqualTo(taken);
        }
        assertThat(TestPosix.descriptors()).isEqualTo(before);
    }

    @Test
    void a_long_datagram_is_cut_off_and_says_so() throws Exception {
        var socket = node.datagrams.listen(node.name());
        TestDatagrams.ended(TestDatagrams.python(
                node.name(), "s.send(b'x' * 4096); s.send(b'y' * 4097); s.send(b''); s.send(b'\\xff')"));
        try (var whole = node.next(socket);
                var cut = node.next(socket);
                var empty = node.next(socket);
                var odd = node.next(socket)) {
            assertThat(whole.text()).isEqualTo("x".repeat(4096));
            assertThat(whole.truncated()).isFalse();
            assertThat(cut.text()).isEqualTo("y".repeat(4096));
            assertThat(cut.truncated()).isTrue();
            assertThat(empty.content()).isEmpty();
            assertThat(odd.text()).isEqualTo("\uFFFD");
        }
    }

    @Test
    void a_flood_waits_in_the_kernel_while_the_socket_is_mute_and_nobody_else_does() throws Exception {
        var flooded = node.datagrams.listen(node.name());
        var other = node.datagrams.listen(new SocketName.InFileSystem(folder.resolve("other")));
        var process = TestDatagrams.python(node.name(), "for i in range(10_000): s.send(b'%d' % i)");
        try {
            assertThat(node.datagrams.await(TestDatagrams.LONG)).containsExactly(flooded);

            flooded.mute();
            assertThat(node.datagrams.await(20)).isEmpty();
            assertThat(node.sender.send(other.name(), "WATCHDOG=1")).isEmpty();
            node.next(other).close();
            assertThat(process.isAlive()).isTrue();

            flooded.unmute();
            for (var i = 0; i < 10_000; i++) {
                try (var datagram = node.next(flooded)) {
                    assertThat(datagram.text()).isEqualTo(Integer.toString(i));
                }
            }
            TestDatagrams.ended(process);
            assertThat(node.datagrams.await(0)).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void of_many_sockets_each_hears_its_own() throws Exception {
        var sockets = new ArrayList<LocalSocket>();
        for (var i = 0; i < 300; i++) {
            sockets.add(node.datagrams.listen(new SocketName.InFileSystem(folder.resolve("s" + i))));
        }
        for (var i = 0; i < 300; i++) {
            assertThat(node.sender.send(sockets.get(i).name(), Integer.toString(i)))
                    .isEmpty();
        }
        var heard = new ArrayList<LocalSocket>();
        Await.until("300 datagrams", () -> {
            for (var socket : node.datagrams.await(100)) {
                try (var datagram = socket.receive().orElseThrow()) {
                    assertThat(datagram.text()).isEqualTo(Integer.toString(sockets.indexOf(socket)));
                }
                heard.add(socket);
            }
            return heard.size() >= 300;
        });
        assertThat(heard).containsExactlyInAnyOrderElementsOf(sockets);
    }

    @Test
    void another_thread_can_wake_it() throws Exception {
        var waker = new Thread(node.datagrams::wake);
        var before = System.nanoTime();
        waker.start();
        assertThat(node.datagrams.await(TestDatagrams.LONG)).isEmpty();
        waker.join();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(TestDatagrams.LONG / 2));
    }

    @Test
    void closing_leaves_no_file_open_and_a_late_wake_is_nothing() throws Exception {
        var before = TestPosix.descriptors();
        var more = node.posix.datagrams();
        more.listen(node.name());
        more.listen(new SocketName.Abstract(folder.toString()));
        more.close();
        more.wake();
        assertThat(TestPosix.descriptors()).isEqualTo(before);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_socket_that_is_left_keeps_what_is_sent_for_whoever_listens_next() throws Exception {
        var names = List.of(node.name(), new SocketName.Abstract(folder.toString()));
        for (var name : names) {
            node.datagrams.listen(name);
        }
        node.datagrams.leave();
        var files = TestPosix.descriptors();
        for (var name : names) {
            assertThat(node.sender.send(name, "meanwhile")).isEmpty();
        }
        try (var next = node.posix.datagrams()) {
            for (var name : names) {
                try (var datagram = next.listen(name).receive().orElseThrow()) {
                    assertThat(datagram.text()).isEqualTo("meanwhile");
                    assertThat(datagram.sender().pid())
                            .isEqualTo(ProcessHandle.current().pid());
                }
            }
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(files - TestPosix.descriptors()).isEqualTo(names.size());
    }

    @Test
    void a_socket_that_is_left_and_wanted_by_nobody_is_closed_and_removed() throws Exception {
        node.datagrams.listen(node.name());
        node.datagrams.listen(new SocketName.Abstract(folder.toString()));
        node.datagrams.leave();
        var files = TestPosix.descriptors();
        node.posix.letGoOfSockets();
        assertThat(folder).isEmptyDirectory();
        assertThat(files - TestPosix.descriptors()).isEqualTo(2);
        assertThat(node.sender.send(new SocketName.Abstract(folder.toString()), "x"))
                .hasValueSatisfying(failure -> assertThat(failure).contains("Connection refused"));
    }

    @Test
    void a_socket_whose_file_is_gone_is_not_taken_over_but_made_anew() throws Exception {
        node.datagrams.listen(node.name());
        var file = folder.resolve("notify");
        Files.delete(file);
        node.datagrams.leave();
        try (var second = node.posix.datagrams()) {
            second.listen(node.name());
            second.leave();
        }
        Files.delete(file);
        try (var third = node.posix.datagrams()) {
            var socket = third.listen(node.name());
            assertThat(node.sender.send(node.name(), "here")).isEmpty();
            try (var datagram = socket.receive().orElseThrow()) {
                assertThat(datagram.text()).isEqualTo("here");
            }
        }
    }

    @Test
    void a_sender_is_told_why_nothing_arrives_and_never_waits_for_ever() throws Exception {
        var file = folder.resolve("notify");
        try (var socket = node.datagrams.listen(node.name())) {
            var failure = node.sender.send(node.name(), "first");
            for (var i = 0; i < 10_000 && failure.isEmpty(); i++) {
                failure = node.sender.send(node.name(), "more");
            }
            assertThat(failure).contains("nothing can be sent to " + file + ": Resource temporarily unavailable");
            assertThat(socket.receive())
                    .hasValueSatisfying(datagram -> assertThat(datagram.text()).isEqualTo("first"));
        }
        assertThat(node.sender.send(new SocketName.Abstract("x".repeat(200)), "x"))
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("nothing can be sent: the socket name @xxx"));
        Files.writeString(file, "");
        assertThat(node.sender.send(node.name(), "x"))
                .contains("nothing can be sent to " + file + ": Connection refused");
    }

    @Test
    void systemd_notify_is_heard_and_its_barrier_lets_it_go() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(NOTIFY));
        var socket = node.datagrams.listen(node.name());
        var builder = new ProcessBuilder(NOTIFY.toString(), "--ready", "--status=all is well");
        builder.environment().put("NOTIFY_SOCKET", node.name().toString());
        var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var texts = new ArrayList<String>();
        Await.until("its end", () -> {
            for (var ready : node.datagrams.await(5)) {
                try (var datagram = ready.receive().orElseThrow()) {
                    texts.addAll(List.of(datagram.text().split("\n", -1)));
                }
            }
            return !process.isAlive();
        });
        assertThat(process.exitValue()).isZero();
        assertThat(texts).contains("READY=1", "STATUS=all is well", "BARRIER=1");
        assertThat(socket.receive()).isEmpty();
    }
}
