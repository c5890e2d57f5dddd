package dev.steward.bus.remote;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.BusSamples;
import dev.steward.bus.WorkOrder;
import dev.steward.testing.Await;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BusServerTest {
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir
    Path home;

    private Daemon daemon;

    @BeforeEach
    void open() throws IOException {
        daemon = new Daemon(home, Daemon.SMALL);
    }

    @AfterEach
    void close() throws IOException {
        daemon.close();
    }

    @Test
    void its_socket_is_its_owners_alone_and_goes_with_it() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(daemon.socket())))
                .isEqualTo("rw-------");
        try (var left = Files.list(home.resolve("run"))) {
            assertThat(left).containsExactly(daemon.socket());
        }
        daemon.close();
        assertThat(daemon.socket()).doesNotExist();
    }

    @Test
    void a_socket_that_a_killed_daemon_left_is_replaced() throws Exception {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        daemon.close();
        server.bind(UnixDomainSocketAddress.of(daemon.socket()));
        server.close();
        assertThatThrownBy(daemon::client).hasMessageContaining("no daemon runs on " + home);
        daemon.restart(Daemon.SMALL);
        try (var client = daemon.client()) {
            assertThat(client.presence().kind()).isEqualTo("embedded");
        }
    }

    @Test
    void it_serves_a_home_whose_path_is_too_long_for_a_socket() throws Exception {
        var deep = home.resolve("x".repeat(80)).resolve("y".repeat(80));
        try (var far = new Daemon(deep, Daemon.SMALL);
                var client = far.client()) {
            assertThat(client.site()).isEqualTo(far.site);
            assertThat(far.socket()).exists();
        }
    }

    @Test
    void what_a_killed_receiver_took_is_given_to_the_next_at_once() throws Exception {
        try (var client = daemon.client();
                var waiting = client.receive("CLC")) {
            var killed = receiver(10, Duration.ZERO);
            daemon.bus.waiting.add(order("WO-1", "CLC"));
            Daemon.say(killed, new Frame(3, RequestFormat.write(new Request.Take(1, LONG))));
            assertThat(ReplyFormat.read(Daemon.hear(killed).message()))
                    .isEqualTo(new Reply.Given(order("WO-1", "CLC")));
            var given = CompletableFuture.supplyAsync(() -> unchecked(() -> waiting.take(1, LONG)));
            killed.close();
            assertThat(given.get()).containsExactly(order("WO-1", "CLC"));
        }
    }

    @Test
    void a_receiver_that_is_killed_while_it_waits_holds_nothing() throws Exception {
        var killed = receiver(1, Duration.ofDays(1));
        Await.until("it receives", () -> daemon.bus.open.get() == 1);
        killed.close();
        Await.until("it is forgotten", () -> daemon.bus.open.get() == 0);
        daemon.bus.waiting.add(order("WO-1", "CLC"));
        try (var client = daemon.client();
                var next = client.receive("CLC")) {
            assertThat(next.take(1, LONG)).containsExactly(order("WO-1", "CLC"));
        }
    }

    /** One that opened an inbox and takes. */
    private SocketChannel receiver(int most, Duration wait) throws IOException {
        var channel = daemon.greeted();
        Daemon.say(channel, new Frame(1, RequestFormat.write(new Request.Receive("CLC"))));
        Daemon.hear(channel);
        Daemon.say(channel, new Frame(2, RequestFormat.write(new Request.Take(most, wait))));
        if (wait.isZero()) {
            Daemon.hear(channel);
        }
        return channel;
    }

    @Test
    void one_that_stops_reading_is_cut_off_and_holds_nobody_up() throws Exception {
        for (int i = 0; i < 40; i++) {
            var heading = BusSamples.heading("WO-" + i, "CLC", "P3");
            daemon.bus.waiting.add(BusSamples.order(heading, BusSamples.inline(BusSamples.bytes(60_000, i))));
        }
        var stopped = receiver(40, Duration.ofDays(1));
        try (var client = daemon.client()) {
            assertThat(client.drop(order("WO-x", "CLD"))).isEqualTo(new Accepted.New("WO-x"));
        }
        Await.until("it is cut off", () -> daemon.bus.open.get() == 0);
        assertThat(daemon.bus.waiting).as("what it took is there for the next").hasSize(41);
        assertThat(Daemon.isEnded(stopped)).isTrue();
    }

    @Test
    void one_that_begins_a_frame_and_stops_is_cut_off() throws Exception {
        var channel = daemon.greeted();
        channel.write(ByteBuffer.wrap(new byte[] {0, 0, 1}));
        assertThat(Daemon.isEnded(channel)).isTrue();
        var another = daemon.greeted();
        another.write(new Frame(1, new byte[100]).bytes().limit(50));
        assertThat(Daemon.isEnded(another)).isTrue();
    }

    @Test
    void one_that_gives_no_sign_of_life_is_cut_off() throws Exception {
        daemon.restart(new Limits(4, 3, 1 << 20, Duration.ofSeconds(20), Duration.ofMillis(300)));
        var silent = receiver(1, Duration.ofDays(1));
        Await.until("it is forgotten", () -> daemon.bus.open.get() == 0);
        assertThat(Daemon.isEnded(silent)).isTrue();
    }

    @Test
    void one_too_many_is_told_so_and_a_place_that_was_left_is_given_again() throws Exception {
        var clients = new ArrayList<RemoteBus>();
        for (int i = 0; i < Daemon.SMALL.connections(); i++) {
            clients.add(daemon.client());
        }
        assertThatThrownBy(daemon::client)
                .isInstanceOfSatisfying(
                        BusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                .hasMessageContaining("too many connections");
        clients.removeFirst().close();
        Await.until("there is a place again", () -> {
            try (var client = daemon.client()) {
                return client.presence() != null;
            } catch (BusException e) {
                return false;
            }
        });
        clients.forEach(RemoteBus::close);
    }

    @Test
    void more_calls_at_once_than_a_client_may_have_end_its_connection() throws Exception {
        var release = new CountDownLatch(1);
        daemon.bus.beforeDrop = () -> unchecked(() -> {
            release.await();
            return true;
        });
        var channel = daemon.greeted();
        for (int call = 1; call <= Daemon.SMALL.calls() + 1; call++) {
            Daemon.say(channel, new Frame(call, RequestFormat.write(new Request.Drop(order("WO-" + call, "CLC")))));
        }
        assertThat(Daemon.isEnded(channel)).isTrue();
        release.countDown();
        Await.until("what began is done", () -> daemon.bus.waiting.size() == Daemon.SMALL.calls());
    }

    @Test
    void an_error_in_the_bus_is_told_without_its_words_and_harms_nobody() throws Exception {
        daemon.bus.beforeDrop = () -> {
            throw new IllegalStateException("the secret");
        };
        try (var client = daemon.client()) {
            assertThatThrownBy(() -> client.drop(order("WO-1", "CLC")))
                    .isInstanceOfSatisfying(
                            BusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
                    .hasMessageNotContaining("secret");
            assertThat(client.presence().kind()).isEqualTo("embedded");
        }
    }

    @Test
    void who_asks_for_what_was_not_opened_is_refused() throws Exception {
        var channel = daemon.greeted();
        Daemon.say(channel, new Frame(7, RequestFormat.write(new Request.Take(1, LONG))));
        var answer = Daemon.hear(channel);
        assertThat(answer.call()).isEqualTo(7);
        assertThat(ReplyFormat.read(answer.message()))
                .isInstanceOfSatisfying(
                        Reply.Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Kind.REFUSED));
        channel.close();
    }

    @Test
    void an_order_that_no_frame_can_hold_does_not_stand_in_the_way() throws Exception {
        var huge = order("WO-1", "CLC");
        daemon.bus.waiting.add(
                new WorkOrder(huge.heading(), "x".repeat(Frame.LONGEST), huge.sha256(), huge.bodyFile(), huge.body()));
        daemon.bus.waiting.add(order("WO-2", "CLC"));
        try (var client = daemon.client();
                var reception = client.receive("CLC")) {
            assertThat(reception.take(10, LONG)).containsExactly(order("WO-2", "CLC"));
            assertThatThrownBy(() -> client.drop(new WorkOrder(
                            huge.heading(), "x".repeat(Frame.LONGEST), huge.sha256(), huge.bodyFile(), huge.body())))
                    .hasMessageContaining("too large");
        }
        Await.until("what was taken is back", () -> daemon.bus.open.get() == 0);
        assertThat(daemon.bus.waiting).as("and the other one put aside").containsExactly(order("WO-2", "CLC"));
    }

    @Test
    void what_it_serves_is_closed_with_it() throws Exception {
        try (var client = daemon.client();
                var reception = client.receive("CLC")) {
            daemon.bus.waiting.add(order("WO-1", "CLC"));
            var taken = reception.take(1, LONG).getFirst();
            daemon.close();
            assertThat(daemon.bus.open).hasValue(0);
            assertThat(daemon.bus.waiting).containsExactly(taken);
            assertThatThrownBy(() -> reception.acknowledge(taken, acknowledgement(taken)))
                    .isInstanceOfSatisfying(
                            BusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
        }
    }

    static <T> T unchecked(Callable<T> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
