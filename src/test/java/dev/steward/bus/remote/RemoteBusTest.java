package dev.steward.bus.remote;

import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.bus.Beat;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.posix.Posix;
import dev.steward.testing.Await;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemoteBusTest {
    private static final Patience SHORT = new Patience(
            Duration.ofMillis(200),
            Duration.ofMillis(500),
            Duration.ofMillis(100),
            Duration.ofMillis(300),
            System::nanoTime);

    @TempDir
    Path home;

    @Test
    void it_tells_where_the_node_keeps_its_things() throws Exception {
        try (var daemon = new Daemon(home, Limits.USUAL);
                var client = daemon.client()) {
            assertThat(client.site()).isEqualTo(daemon.site);
        }
    }

    @Test
    void a_beat_and_a_question_come_over_as_they_are() throws Exception {
        var beat = new Beat("cls", BusSamples.CREATED, 7, 42, "", "b00t", Duration.ofSeconds(10));
        var away = new Presence.Away("redis", "127.0.0.1:6379 does not answer");
        try (var daemon = new Daemon(home, Limits.USUAL);
                var client = daemon.client()) {
            daemon.bus.presence = away;
            client.beat(beat);
            assertThat(daemon.bus.beats).containsExactly(beat);
            assertThat(client.presence()).isEqualTo(away);
        }
    }

    @Test
    void a_failure_keeps_its_kind_and_its_words() throws Exception {
        try (var daemon = new Daemon(home, Limits.USUAL);
                var client = daemon.client()) {
            for (var kind : Kind.values()) {
                daemon.bus.beforeDrop = () -> {
                    throw new BusException(kind, "words of " + kind);
                };
                var failure = failure(() -> client.drop(order("WO-1", "CLC")));
                assertThat(failure.kind()).isEqualTo(kind);
                assertThat(failure).hasMessage("words of " + kind);
            }
        }
    }

    @Test
    void without_a_daemon_it_says_so_and_what_to_do() {
        var failure = failure(() -> RemoteBus.connect(home));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessage("no daemon runs on " + home + "; start it: steward up --detach");
    }

    @Test
    void while_a_daemon_starts_or_is_replaced_it_says_so() throws Exception {
        Files.createDirectories(home.resolve("run"));
        var lock = Posix.locksOnly().lock(home.resolve("run").resolve("daemon.lock"));
        try (lock) {
            assertThat(failure(() -> RemoteBus.connect(home)))
                    .hasMessageStartingWith("the daemon on " + home + " has not opened its bus")
                    .hasMessageEndingWith("steward status");
        }
        assertThat(failure(() -> RemoteBus.connect(home))).hasMessageStartingWith("no daemon runs on " + home);
    }

    @Test
    void a_daemon_of_another_version_is_told() throws Exception {
        var newer = new FieldWriter()
                .number(0x7374_6577_2d62_7573L)
                .number(Greeting.VERSION + 1)
                .text("who knows")
                .message();
        try (var socket = socket()) {
            var answering = Thread.ofPlatform()
                    .start(() -> BusServerTest.unchecked(() -> {
                        var client = socket.accept();
                        Daemon.hear(client);
                        Daemon.say(client, new Frame(Frame.PULSE, newer));
                        return client;
                    }));
            var failure = failure(() -> RemoteBus.connect(home));
            assertThat(failure.kind()).isEqualTo(Kind.UNUSABLE);
            assertThat(failure)
                    .hasMessageStartingWith("the daemon is of another version: its bus speaks version 2")
                    .hasMessageContaining("steward upgrade-daemon");
            answering.join();
        }
    }

    @Test
    void a_client_of_another_version_is_told_ours_and_let_go() throws Exception {
        try (var daemon = new Daemon(home, Limits.USUAL)) {
            var older = daemon.stranger();
            Daemon.say(
                    older,
                    new Frame(
                            Frame.PULSE,
                            new FieldWriter()
                                    .number(0x7374_6577_2d62_7573L)
                                    .number(0)
                                    .message()));
            assertThat(Greeting.fromServer(Daemon.hear(older).message()).version())
                    .isEqualTo(Greeting.VERSION);
            assertThat(Daemon.isEnded(older)).isTrue();
        }
    }

    @Test
    void a_daemon_that_lets_nobody_in_is_told_soon() throws Exception {
        try (var _ = socket()) {
            var failure = failure(() -> RemoteBus.connect(home, SHORT));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("hangs");
        }
    }

    @Test
    void a_daemon_that_falls_silent_ends_what_is_under_way() throws Exception {
        try (var socket = socket()) {
            var hanging = Thread.ofPlatform()
                    .start(() -> BusServerTest.unchecked(() -> {
                        var client = socket.accept();
                        Daemon.hear(client);
                        Daemon.say(
                                client,
                                new Frame(
                                        Frame.PULSE,
                                        Greeting.ofServer(Optional.of(new Site("studio", home, home, 1)))));
                        return Daemon.isEnded(client);
                    }));
            var client = RemoteBus.connect(home, SHORT);
            var ended = new CountDownLatch(1);
            client.whenEnded(ended::countDown);
            assertThat(failure(client::presence)).hasMessageContaining("hangs");
            assertThat(ended.await(15, TimeUnit.SECONDS)).isTrue();
            assertThat(failure(client::presence).kind()).isEqualTo(Kind.UNAVAILABLE);
            hanging.join();
        }
    }

    @Test
    void a_daemon_that_lives_is_not_taken_for_silent() throws Exception {
        try (var daemon = new Daemon(home, Limits.USUAL);
                var client = RemoteBus.connect(home, SHORT);
                var reception = client.receive("CLC")) {
            assertThat(reception.take(1, SHORT.silence().multipliedBy(3))).isEmpty();
            assertThat(client.presence().kind()).isEqualTo("embedded");
            assertThat(daemon.bus.open).hasValue(1);
        }
    }

    @Test
    void an_answer_that_does_not_come_is_not_awaited_for_ever() throws Exception {
        var release = new CountDownLatch(1);
        try (var daemon = new Daemon(home, Limits.USUAL);
                var client = RemoteBus.connect(home, SHORT)) {
            daemon.bus.beforeDrop = () -> BusServerTest.unchecked(() -> {
                release.await();
                return true;
            });
            assertThat(failure(() -> client.drop(order("WO-1", "CLC"))).kind()).isEqualTo(Kind.UNAVAILABLE);
            release.countDown();
        }
    }

    @Test
    void when_the_daemon_goes_it_is_told_at_once() throws Exception {
        var ended = new CountDownLatch(2);
        var daemon = new Daemon(home, Limits.USUAL);
        try (var client = daemon.client()) {
            client.whenEnded(ended::countDown);
            daemon.close();
            Await.until("it is noticed", () -> ended.getCount() == 1);
            client.whenEnded(ended::countDown);
            assertThat(ended.getCount()).isZero();
            assertThatThrownBy(client::presence).hasMessageContaining("the daemon is gone");
        }
    }

    @Test
    void an_interrupted_call_says_so_and_stays_interrupted() throws Exception {
        try (var daemon = new Daemon(home, Limits.USUAL);
                var client = daemon.client()) {
            var release = new CountDownLatch(1);
            daemon.bus.beforeDrop = () -> BusServerTest.unchecked(() -> {
                release.await();
                return true;
            });
            Thread.currentThread().interrupt();
            assertThat(failure(() -> client.drop(order("WO-1", "CLC")))).hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            release.countDown();
            assertThat(client.presence().kind()).isEqualTo("embedded");
        }
    }

    private ServerSocketChannel socket() throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Files.createDirectories(BusSocket.of(home).getParent());
        return channel.bind(UnixDomainSocketAddress.of(BusSocket.of(home)));
    }

    private static BusException failure(ThrowingCallable call) {
        var failure = catchThrowableOfType(BusException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
