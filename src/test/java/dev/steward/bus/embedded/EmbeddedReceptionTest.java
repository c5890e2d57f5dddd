package dev.steward.bus.embedded;

import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.Beat;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.Presence;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the embedded bus does beyond the contract, together with its ledger. */
class EmbeddedReceptionTest {
    private static final Duration LONG = Duration.ofSeconds(15);

    @TempDir
    Path home;

    private Ledger ledger;
    private EmbeddedBus bus;

    @BeforeEach
    void open() throws Exception {
        ledger = Ledgers.open(home.resolve("bus.db"), InstantSource.fixed(BusSamples.CREATED));
        bus = new EmbeddedBus(ledger);
    }

    @AfterEach
    void close() throws Exception {
        bus.close();
        ledger.close();
    }

    @Test
    void an_order_that_was_in_quarantine_is_given_again_when_somebody_wants_it() throws Exception {
        bus.drop(order("WO-1", "CLC"));
        try (var reception = bus.receive("CLC")) {
            reception.quarantine(reception.take(1, LONG).getFirst(), "unreadable");
            ledger.change("WO-1", new Change.Retry("ops"));
            assertThat(reception.take(1, LONG)).extracting(each -> each.id()).containsExactly("WO-1");
        }
    }

    @Test
    void an_order_that_was_cancelled_while_it_waited_is_not_given() throws Exception {
        bus.drop(order("WO-1", "CLC"));
        ledger.change("WO-1", new Change.Cancel("ops"));
        try (var reception = bus.receive("CLC")) {
            assertThat(reception.take(1, Duration.ZERO)).isEmpty();
        }
    }

    @Test
    void an_order_that_was_cancelled_while_it_was_being_delivered_is_not_and_may_be_wanted_again() throws Exception {
        bus.drop(order("WO-1", "CLC"));
        try (var reception = bus.receive("CLC")) {
            reception.take(1, LONG);
            assertThat(reception.delivered("WO-1")).isFalse();
            ledger.change("WO-1", new Change.Cancel("ops"));
            assertThat(reception.delivered("WO-1")).isTrue();

            ledger.change("WO-1", new Change.Retry("ops"));
            assertThat(reception.delivered("WO-1")).isFalse();
            assertThat(reception.take(1, LONG)).extracting(each -> each.id()).containsExactly("WO-1");
        }
    }

    @Test
    void the_last_sign_of_life_of_an_agent_can_be_asked() throws Exception {
        var beat = new Beat("CLS", BusSamples.CREATED, 7, 4711, "incarnation", "boot", Duration.ofSeconds(10));
        bus.beat(beat);
        assertThat(bus.lastBeat("cls")).contains(beat);
        assertThat(bus.lastBeat("clc")).isEmpty();
    }

    @Test
    void a_bus_without_its_ledger_is_away_and_says_why() throws Exception {
        assertThat(bus.presence()).isEqualTo(new Presence.Connected("embedded"));
        ledger.close();
        assertThat(bus.presence())
                .isInstanceOfSatisfying(
                        Presence.Away.class, away -> assertThat(away.reason()).contains("bus.db"));
    }

    @Test
    void a_bus_that_was_closed_says_so_and_leaves_its_ledger_open() throws Exception {
        var reception = bus.receive("CLC");
        bus.close();
        assertThatThrownBy(() -> reception.take(1, LONG))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> bus.drop(order("WO-1", "CLC")))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("closed");
        assertThat(ledger.drop(order("WO-1", "CLC"))).isNotNull();
    }
}
