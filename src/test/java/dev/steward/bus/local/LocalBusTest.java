package dev.steward.bus.local;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.BusSamples;
import dev.steward.bus.OrderState;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.bus.remote.BusSocket;
import dev.steward.bus.remote.ServedLedger;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalBusTest {
    private static final InstantSource CLOCK = InstantSource.fixed(BusSamples.CREATED);
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir
    Path home;

    @Test
    void in_a_home_where_no_daemon_ever_ran_it_says_so_and_makes_nothing() throws Exception {
        try (var bus = local()) {
            var failure = catchThrowableOfType(BusException.class, () -> bus.drop(order("WO-1", "CLC")));
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure)
                    .hasMessage("no daemon has set up work orders in " + home + " yet: no daemon runs on " + home
                            + "; start it: steward up --detach");
        }
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void it_knows_the_site_with_the_daemon_and_without() throws Exception {
        var served = served();
        try (var bus = local()) {
            var site = bus.site();
            assertThat(site.spool()).isEqualTo(served.spool());
            served.cut();
            assertThat(bus.site()).isEqualTo(site);
        }
        served.close();
    }

    @Test
    void an_order_dropped_past_the_daemon_is_given_through_it_when_it_is_back() throws Exception {
        var served = served();
        try (var bus = local()) {
            served.cut();
            assertThat(bus.drop(order("WO-1", "CLC"))).isEqualTo(new Accepted.New("WO-1"));
            served.mend();
            assertThat(bus.drop(order("WO-1", "CLC"))).isEqualTo(new Accepted.Same("WO-1", OrderState.DROPPED));
            try (var reception = served.other().receive("CLC")) {
                assertThat(reception.take(1, LONG)).containsExactly(order("WO-1", "CLC"));
            }
        }
        served.close();
    }

    @Test
    void what_was_opened_past_the_daemon_ends_when_it_is_back() throws Exception {
        var served = served();
        served.cut();
        try (var bus = local();
                var reception = bus.receive("CLC");
                var listening = bus.listen("CLS")) {
            bus.drop(order("WO-1", "CLC"));
            var taken = reception.take(1, LONG).getFirst();
            var receiving = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(BusException.class, () -> reception.take(1, LONG)));
            var hearing = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(BusException.class, () -> listening.hear(1, LONG)));
            served.mend();
            assertThat(receiving.get().kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(hearing.get()).hasMessageContaining("the daemon is back");
            assertThat(reception.acknowledge(taken, acknowledgement(taken)))
                    .as("what it was given it may finish")
                    .isTrue();
        }
        served.close();
    }

    @Test
    void a_daemon_that_hangs_is_passed_by() throws Exception {
        var served = served();
        served.cut();
        try (var hanging = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var bus = local()) {
            hanging.bind(UnixDomainSocketAddress.of(BusSocket.of(home)));
            assertThat(bus.drop(order("WO-1", "CLC"))).isEqualTo(new Accepted.New("WO-1"));
        }
        Files.delete(BusSocket.of(home));
        served.close();
    }

    @Test
    void without_the_daemon_orders_for_redis_are_taken_and_wait_and_nobody_receives() throws Exception {
        var site = new Site("studio", home.resolve("inbox"), home.resolve("spool"), 1 << 20);
        try (var ledger = Ledgers.openLinked(home.resolve("bus.db"), CLOCK)) {
            new KnownSite(site, "redis").keepIn(ledger);
        }
        try (var bus = local()) {
            assertThat(bus.drop(order("WO-1", "CLC"))).isEqualTo(new Accepted.New("WO-1"));
            assertThat(bus.presence())
                    .isInstanceOfSatisfying(
                            Presence.Away.class, away -> assertThat(away.kind()).isEqualTo("redis"));
            var refusal = catchThrowableOfType(BusException.class, () -> bus.receive("CLC"));
            assertThat(refusal.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(refusal)
                    .hasMessageContaining("no daemon runs on " + home)
                    .hasMessageContaining("It alone speaks to redis");
        }
        try (var ledger = Ledgers.openLinked(home.resolve("bus.db"), CLOCK)) {
            assertThat(ledger.outgoing(10)).hasSize(1);
        }
    }

    private ServedLedger served() throws Exception {
        return new ServedLedger(home, _ -> local());
    }

    private LocalBus local() {
        return new LocalBus(home, CLOCK, System::nanoTime);
    }
}
