package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.acknowledgement;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.WorkOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A ledger in a file and its model: each call is made of both, which have to say the same. */
final class ModelAndLedger {
    static final Instant NOW = Instant.parse("2025-10-30T05:29:04Z");

    final Model model = new Model();
    private final Path file;
    Ledger ledger;

    ModelAndLedger(Path file) throws BusException {
        this.file = file;
        this.ledger = Ledgers.openLinked(file, () -> NOW);
    }

    /** A call of both. */
    interface Step {
        void run(ModelAndLedger on) throws BusException;
    }

    /** What the ledger is asked. */
    private interface Question {
        boolean ask() throws BusException;
    }

    private static String answer(Question question) {
        try {
            return String.valueOf(question.ask());
        } catch (BusException e) {
            return e.kind() == BusException.Kind.REFUSED ? "refused" : String.valueOf(e.getMessage());
        }
    }

    static Step drop(WorkOrder order) {
        return on -> {
            String wanted = on.model.drop(order);
            String given = switch (on.ledger.drop(order)) {
                case Accepted.New _ -> "new";
                case Accepted.Same same -> "same " + same.state();
                case Accepted.Conflict _ -> "conflict";
            };
            assertThat(given).isEqualTo(wanted);
        };
    }

    static Step arrived(WorkOrder order) {
        return on -> {
            String wanted = on.model.arrived(order);
            assertThat(answer(() -> on.ledger.arrived(order, acknowledgement(order))))
                    .isEqualTo(wanted);
        };
    }

    static Step found(WorkOrder order) {
        return on -> {
            String wanted = on.model.found(order);
            assertThat(answer(() -> on.ledger.found(BusSamples.found(order), acknowledgement(order))))
                    .isEqualTo(wanted);
        };
    }

    static Step quarantined(WorkOrder order) {
        return on -> {
            on.model.quarantined(order);
            on.ledger.quarantined(order, "not what was sent");
        };
    }

    static Step quarantinedElsewhere(String id) {
        return on -> {
            on.model.quarantinedElsewhere(id);
            on.ledger.quarantinedElsewhere(id, "attic", "not what was sent");
        };
    }

    static Step acknowledged(WorkOrder order) {
        return on -> {
            String wanted = on.model.acknowledged(order);
            assertThat(answer(() -> on.ledger.acknowledged(acknowledgement(order))))
                    .isEqualTo(wanted);
        };
    }

    static Step answered(String id, boolean good) {
        return on -> {
            on.model.answered(id, good);
            on.ledger.answered(id, good ? LedgerRig.good(1) : LedgerRig.bad(1));
        };
    }

    static Step change(String id, Change change) {
        return on -> {
            String wanted = on.model.change(id, change);
            String given = on.ledger
                    .change(id, change)
                    .map(next -> switch (next) {
                        case Lifecycle.Next.To(var state) -> state.word();
                        case Lifecycle.Next.Refused _ -> "refused";
                    })
                    .orElse("unknown");
            assertThat(given).isEqualTo(wanted);
        };
    }

    static Step forget(String id) {
        return on -> {
            on.model.forget(id);
            on.ledger.forget(List.of(id));
        };
    }

    /** Of the first. */
    static Step heard(String from) {
        return on -> {
            for (var first : on.ledger.unheard(from, 1)) {
                on.model.heard(from, 1);
                on.ledger.heard(from, first.seq());
            }
        };
    }

    void sendAndRecord() throws BusException {
        var owed = ledger.owed(3);
        if (!owed.isEmpty()) {
            ledger.recorded(owed.getLast().seq(), "place", "here");
            model.events.subList(0, owed.size()).clear();
        }
        var outgoing = ledger.outgoing(2);
        ledger.sent(outgoing.stream().map(Outgoing::seq).toList());
        model.outgoing.removeAll(outgoing.stream().map(LedgerModelTest::shown).toList());
    }

    void sendAgain() throws BusException {
        model.sendAgain();
        ledger.sendAgain();
    }

    void restart() throws BusException {
        ledger.close();
        ledger = Ledgers.openLinked(file, () -> NOW);
    }
}
