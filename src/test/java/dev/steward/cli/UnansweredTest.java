package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.Ran.Shell;
import dev.steward.control.ControlServer;
import dev.steward.control.Methods;
import dev.steward.control.SocketPath;
import dev.steward.daemon.Home;
import dev.steward.posix.FileLock;
import dev.steward.posix.Posix;
import dev.steward.store.Store;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon that lives, and somebody removed its socket. */
@Timeout(60)
class UnansweredTest {
    @TempDir
    Path folder;

    private FileLock lock;
    private Shell shell;

    @BeforeEach
    void hold() throws IOException {
        var home = new Home(folder);
        SocketPath.prepare(folder);
        Files.writeString(home.pid(), "4711\n");
        lock = Posix.locksOnly().tryLock(home.lock()).orElseThrow();
        shell = Shell.at(folder);
    }

    @AfterEach
    void release() {
        lock.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start cls", "stop cls", "restart --all", "reload", "down", "up", "up --detach", "status"})
    void commands_say_that_it_lives_and_how_to_end_it(String command) throws IOException {
        var ran = shell.run(command.split(" "));
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err())
                .contains(
                        "a daemon runs on " + folder + " (pid 4711) and does not answer",
                        "kill -KILL 4711 (agents go on, and the next daemon takes them over)\n")
                .doesNotContain("no daemon", "not running", "Start it", "\tat ");
        assertThat(folder.resolve("steward.yaml")).doesNotExist();
    }

    @Test
    void its_last_known_states_are_not_those_of_a_daemon_that_does_not_run() throws Exception {
        try (var store = Store.open(folder.resolve("state.db"), InstantSource.fixed(FakeNode.NOW))
                .store()) {
            assertThat(store.agents()).isEmpty();
        }
        var ran = shell.run("status");
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.out()).startsWith("The daemon does not answer; last known states");
        assertThat(ran.err()).contains("kill -KILL 4711 (agents go on");
    }

    @Test
    void is_up_and_doctor_tell_of_it_too() {
        var isUp = shell.run("is-up", "cls");
        assertThat(isUp.status()).isEqualTo(4);
        assertThat(isUp.err()).contains("kill -KILL 4711 (agents go on");
        assertThat(shell.run("doctor").out()).contains("fail    daemon: a daemon runs on " + folder);
    }

    @Test
    void a_halted_one_is_told_of_within_seconds() throws Exception {
        try (var halted = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            halted.bind(UnixDomainSocketAddress.of(SocketPath.of(folder)));
            for (var command : List.of("down", "stop cls")) {
                var ran = shell.run(command.split(" "));
                assertThat(ran.status()).isEqualTo(69);
                assertThat(ran.err()).contains("(pid 4711) and does not answer", "kill -KILL 4711 (agents go on");
            }
        }
    }

    @Test
    void a_free_lock_is_nobodys_and_stays_free() throws IOException {
        lock.close();
        assertThat(shell.run("down").err()).contains("no daemon runs on " + folder);
        lock = Posix.locksOnly().tryLock(new Home(folder).lock()).orElseThrow();
    }

    @Test
    void up_detach_waits_for_one_that_is_just_starting() throws IOException {
        var node = new FakeNode(folder);
        var methods = node.methods();
        var looks = new AtomicInteger();
        var server = new ControlServer[1];
        var ran = shell.pausing(_ -> {
                    if (looks.incrementAndGet() == 3) {
                        server[0] = listen(methods);
                    }
                })
                .run("up", "--detach");
        server[0].close();
        assertThat(ran.status()).isZero();
        assertThat(ran.err()).contains("already, pid 99");
        assertThat(looks).hasValue(3);
    }

    private ControlServer listen(Methods methods) {
        try {
            var server = ControlServer.listen(SocketPath.prepare(folder));
            server.serve(methods);
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
