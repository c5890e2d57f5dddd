package dev.steward.bus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.Work;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a folder of its own, and a clock that the test turns. */
abstract class LedgerRig {
    static final Work WORK = new Work("clc", 4711, 99, "a1b2", BusSamples.CREATED);

    @TempDir
    Path home;

    Instant now = Instant.parse("2025-10-30T05:29:04.123456789Z");
    Path file;
    Ledger ledger;

    @BeforeEach
    void openFirst() throws BusException {
        file = home.resolve("bus.db");
        ledger = open();
    }

    Ledger open() throws BusException {
        return Ledgers.open(file, () -> now);
    }

    Ledger openLinked() throws BusException {
        return Ledgers.openLinked(file, () -> now);
    }

    @AfterEach
    void closeLast() throws BusException {
        ledger.close();
    }

    void restart() throws BusException {
        ledger.close();
        ledger = open();
    }

    void restartLinked() throws BusException {
        ledger.close();
        ledger = openLinked();
    }

    WorkOrder drop(WorkOrder order) throws BusException {
        assertThat(ledger.drop(order)).isEqualTo(new Accepted.New(order.id()));
        return order;
    }

    WorkOrder drop(String id) throws BusException {
        return drop(BusSamples.order(id, "CLC"));
    }

    /** Dropped, and received here. */
    WorkOrder deliver(String id) throws BusException {
        var order = drop(id);
        assertThat(ledger.arrived(order, BusSamples.acknowledgement(order))).isTrue();
        return order;
    }

    OrderRow row(String id) throws BusException {
        return ledger.order(id).orElseThrow();
    }

    OrderState state(String id) throws BusException {
        return row(id).state();
    }

    void change(String id, Change change) throws BusException {
        assertThat(ledger.change(id, change))
                .hasValueSatisfying(next -> assertThat(next).isInstanceOf(Lifecycle.Next.To.class));
    }

    String refusal(String id, Change change) throws BusException {
        return ledger.change(id, change).orElseThrow() instanceof Lifecycle.Next.Refused(var reason) ? reason : "";
    }

    static Result good(int attempt) {
        return new Result(
                true,
                "clc",
                attempt,
                Duration.ofMillis(5_250),
                OptionalInt.of(0),
                "",
                "all\nwell ü",
                BusSamples.CREATED.plusSeconds(9));
    }

    static Result bad(int attempt) {
        return new Result(
                false,
                "clc",
                attempt,
                Duration.ofMillis(31),
                OptionalInt.of(3),
                "exit status 3",
                "oh",
                BusSamples.CREATED.plusSeconds(9));
    }

    Change failedOnce(Duration pause) {
        return new Change.Failed(bad(1), Optional.of(now.plus(pause)));
    }

    /** The records that are owed, and forgotten by this. */
    List<Owed> recordsSoFar() throws BusException {
        var owed = ledger.owed(1_000);
        if (!owed.isEmpty()) {
            ledger.recorded(owed.getLast().seq(), "place", "here");
        }
        return owed;
    }

    /** The one record that was owed since. */
    Owed onlyRecord() throws BusException {
        var owed = recordsSoFar();
        assertThat(owed).hasSize(1);
        return owed.getFirst();
    }

    List<String> events() throws BusException {
        return recordsSoFar().stream().map(Owed::event).toList();
    }
}
