package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Presence;
import dev.steward.cli.Ran.Shell;
import dev.steward.control.ControlServer;
import dev.steward.control.SocketPath;
import dev.steward.store.Store;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a daemon that answers over a real socket. */
@Timeout(30)
class CommandsTest {
    @TempDir
    Path home;

    private FakeNode node;
    private ControlServer server;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        node = new FakeNode(home);
        node.agents.add(node.agent("cls", "up"));
        node.agents.add(node.agent("web", "stopped"));
        var methods = node.methods();
        server = ControlServer.listen(SocketPath.prepare(home));
        server.serve(methods);
        shell = Shell.at(home);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void status_is_what_the_daemon_rendered() {
        var ran = shell.run("status");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("studio  daemon up").contains("1 up, 1 stopped");
        assertThat(ran.err()).isEmpty();
        assertThat(shell.run("status", "--json").out())
                .startsWith("{\"daemon\":{\"pid\":99")
                .endsWith("}\n");
    }

    @Test
    void colours_are_for_terminals_and_for_who_wants_them() {
        assertThat(shell.run("status").out()).doesNotContain("\u001b");
        assertThat(shell.onATerminal().run("status").out()).contains("\u001b[32mup");
        assertThat(shell.onATerminal().with("NO_COLOR", "1").run("status").out())
                .doesNotContain("\u001b");
        assertThat(shell.onATerminal().with("NO_COLOR", "").run("status").out()).contains("\u001b");
        assertThat(shell.onATerminal().with("TERM", "dumb").run("status").out()).doesNotContain("\u001b");
    }

    @Test
    void watch_shows_it_again_and_again() {
        var shown = new AtomicInteger();
        var ran = shell.pausing(_ -> {
                    if (shown.incrementAndGet() == 2) {
                        throw new InterruptedException("Ctrl-C");
                    }
                })
                .run("status", "--watch");
        assertThat(ran.out().split("studio  daemon up", -1)).hasSize(3);
    }

    @Test
    void is_up_tells_by_its_exit_status() {
        assertThat(shell.run("is-up", "cls").status()).isZero();
        assertThat(shell.run("is-up", "web")).isEqualTo(new Ran(3, "", ""));
        var unknown = shell.run("is-up", "nope");
        assertThat(unknown.status()).isEqualTo(64);
        assertThat(unknown.err()).contains("There is no agent 'nope'; there are: cls, web");
    }

    @Test
    void the_home_can_be_said_before_and_after_the_command() {
        var elsewhere = new Shell(home.resolve(".."), Map.of(), false, _ -> {}, "");
        assertThat(elsewhere.run("--home", home.toString(), "status").status()).isZero();
        assertThat(elsewhere.run("status", "--home=" + home.getFileName()).status())
                .isZero();
    }

    @Test
    void start_says_what_became_of_them() {
        assertThat(shell.run("start", "web")).isEqualTo(new Ran(0, "web  up  pid 4242\n", ""));
        node.agents.add(node.agent("broken", "failed"));
        var ran = shell.run("restart", "--all");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("broken  failed  reason of broken");
        assertThat(node.asked).containsExactly("start web", "restart cls,web,broken");
    }

    @Test
    void stop_waits_at_most_as_long_as_it_was_told_to() {
        node.done = new CompletableFuture<>();
        var ran = shell.run("stop", "cls", "--timeout", "0s");
        assertThat(ran.status()).isEqualTo(75);
        assertThat(ran.err()).contains("it goes on");
        assertThat(shell.run("stop", "cls", "--no-wait")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void what_cannot_be_recorded_is_done_with_a_warning_that_it_may_be_forgotten() {
        node.storeProblems.add("state.db: disk full");
        for (var command : new String[] {"stop", "start", "restart"}) {
            var ran = shell.run(command, "cls");
            assertThat(ran.status()).isZero();
            assertThat(ran.err())
                    .isEqualTo("steward: this may be forgotten when the daemon starts next: state.db: disk full\n");
        }
        node.storeProblems.clear();
        node.problems.add("the configuration is refused");
        assertThat(shell.run("stop", "cls").err()).isEmpty();
    }

    @Test
    void a_change_needs_agents_or_all_of_them() {
        assertThat(shell.run("start").status()).isEqualTo(64);
        assertThat(shell.run("stop", "cls", "--all").status()).isEqualTo(64);
        assertThat(shell.run("stop", "cls", "--timeout", "soon").err()).contains("write it like 30s");
        assertThat(node.asked).isEmpty();
    }

    @Test
    void a_signal_reaches_a_process_or_says_that_there_is_none() {
        assertThat(shell.run("signal", "cls", "SIGHUP")).isEqualTo(new Ran(0, "", ""));
        assertThat(shell.run("signal", "web", "1").status()).isEqualTo(1);
        assertThat(shell.run("signal", "cls", "WINK").status()).isEqualTo(64);
        assertThat(node.asked).containsExactly("signal cls HUP", "signal web HUP");
    }

    @Test
    void history_and_events_show_transitions() {
        node.transitions.add(FakeNode.transition(1, "cls", "starting", "up"));
        node.transitions.add(FakeNode.transition(2, "web", "up", "stopping"));
        assertThat(shell.run("history", "cls").out())
                .isEqualTo("2026-01-02 03:04:06.678  cls  starting -> up  pid 7  because 1\n");
        assertThat(shell.run("history", "cls", "--json").out())
                .startsWith("[{\"seq\":1,")
                .endsWith("}]\n");
        assertThat(shell.run("events").out().lines()).hasSize(2);
        assertThat(shell.run("events", "-n", "1", "--json").out())
                .startsWith("{\"seq\":2,")
                .hasLineCount(1);
        assertThat(shell.run("history", "nope").status()).isEqualTo(1);
    }

    @Test
    void logs_prints_the_last_lines_of_the_file_that_the_daemon_names() throws IOException {
        Files.createDirectory(home.resolve("logs"));
        Files.writeString(home.resolve("logs/cls.log"), "one\ntwo\nthree\n");
        assertThat(shell.run("logs", "cls", "-n", "2")).isEqualTo(new Ran(0, "two\nthree\n", ""));
        var silent = shell.run("logs", "web");
        assertThat(silent.status()).isEqualTo(69);
        assertThat(silent.err()).contains("web has not written anything", "web.log");
    }

    @Test
    void logs_follows_through_a_file_that_takes_the_others_place() throws IOException {
        Files.createDirectory(home.resolve("logs"));
        var log = Files.writeString(home.resolve("logs/cls.log"), "one\n");
        var round = new AtomicInteger();
        var ran = shell.pausing(_ -> {
                    try {
                        switch (round.incrementAndGet()) {
                            case 1 -> Files.writeString(log, "one\ntwo\n");
                            case 2 -> {
                                Files.move(log, home.resolve("logs/cls.log.1"));
                                Files.writeString(log, "three\n");
                            }
                            default -> throw new InterruptedException("Ctrl-C");
                        }
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .run("logs", "cls", "-f");
        assertThat(ran.out()).isEqualTo("one\ntwo\nthree\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void down_tells_how_it_goes_and_says_so_if_the_daemon_stays() {
        var ran = shell.run("down", "--now");
        assertThat(node.asked).containsExactly("down keep=false now=true", "leave");
        assertThat(ran.err()).contains("steward: stopping cls\nsteward: all stopped\n", "the daemon is still there");
        assertThat(ran.status()).isEqualTo(75);
    }

    @Test
    void down_returns_when_the_daemon_is_gone() {
        var ran = shell.pausing(_ -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .run("down", "--keep-agents");
        assertThat(ran.status()).isZero();
        assertThat(ran.err()).endsWith("its agents go on\n");
    }

    @Test
    void reload_says_what_was_done() {
        assertThat(shell.run("reload")).isEqualTo(new Ran(0, "added: x\n", ""));
    }

    @Test
    void call_prints_the_result_as_json() {
        assertThat(shell.run("call", "is_up", "{\n\"agent\": \"cls\"\n}").out())
                .isEqualTo("{\"up\":true,\"state\":\"up\",\"reason\":\"reason of cls\"}\n");
        assertThat(shell.run("call", "nope").status()).isEqualTo(64);
        assertThat(shell.run("call", "ping", "{").err()).contains("not JSON");
    }

    @Test
    void up_does_not_start_a_second_daemon() {
        var detached = shell.run("up", "--detach");
        assertThat(detached.status()).isZero();
        assertThat(detached.err()).contains("already, pid 99");
        assertThat(detached.out()).contains("1 up, 1 stopped");
        var foreground = shell.run("up");
        assertThat(foreground.status()).isEqualTo(75);
        assertThat(foreground.err()).contains("already, pid 99");
        assertThat(home.resolve("steward.yaml")).doesNotExist();
    }

    @Test
    void doctor_is_not_well_while_the_bus_is_away() {
        node.bus = Optional.of(new Presence.Away("redis", "connection refused"));
        var ran = shell.run("doctor");
        assertThat(ran.out()).contains("fail    bus: redis, away: connection refused");
        assertThat(ran.status()).isEqualTo(1);
        node.bus = Optional.of(new Presence.Connected("embedded"));
        assertThat(shell.run("doctor").out()).contains("ok      bus: embedded, connected");
    }

    @Test
    void doctor_finds_the_daemon() {
        var ran = shell.run("doctor");
        assertThat(ran.out())
                .contains(
                        "ok      daemon: answers, pid 99",
                        "ok      java: Java ",
                        "warn    configuration: there is no ");
        assertThat(shell.run("doctor", "--json").out())
                .startsWith("[{\"name\":\"java\",\"status\":\"pass\",")
                .endsWith("}]\n");
    }

    @Test
    void status_of_a_daemon_that_just_goes_is_what_was_last_known() throws Exception {
        try (var store = Store.open(home.resolve("state.db"), InstantSource.fixed(FakeNode.NOW))
                .store()) {
            assertThat(store.agents()).isEmpty();
        }
        server.close();
        try (var broken = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            broken.bind(UnixDomainSocketAddress.of(home.resolve("run/steward.sock")));
            var hangingUp = Thread.ofVirtual().start(() -> hangUp(broken));
            var ran = shell.run("status");
            hangingUp.join();
            assertThat(ran.status()).isEqualTo(69);
            assertThat(ran.err()).contains("the daemon has just gone");
            assertThat(ran.out()).startsWith("The daemon is not running; last known states");
        }
    }

    @Test
    void one_command_too_many_tells_that_there_are_too_many() throws Exception {
        server.close();
        try (var full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            full.bind(UnixDomainSocketAddress.of(home.resolve("run/steward.sock")));
            var turningAway = Thread.ofVirtual().start(() -> turnAway(full));
            var ran = shell.run("reload");
            turningAway.join();
            assertThat(ran.status()).isEqualTo(75);
            assertThat(ran.err()).isEqualTo("steward: too many connections: try again later\n");
        }
    }

    private static void turnAway(ServerSocketChannel server) {
        try (var client = server.accept()) {
            client.write(StandardCharsets.UTF_8.encode("""
                    {"jsonrpc":"2.0","id":null,"error":{"code":-32003,\
                    "message":"too many connections: try again later"}}
                    """));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void hangUp(ServerSocketChannel server) {
        try {
            server.accept().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
