package dev.steward.bus.embedded;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Heard;
import dev.steward.bus.ledger.Ledger;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Hears from the ledger. */
final class EmbeddedListening implements Bus.Listening {
    private final String from;
    private final Ledger ledger;
    private final Consumer<EmbeddedListening> left;
    private final Waiting waiting;

    /** @param left is told when this was closed */
    EmbeddedListening(String from, Ledger ledger, Consumer<EmbeddedListening> left) {
        this.from = from;
        this.ledger = ledger;
        this.left = left;
        this.waiting = new Waiting("what " + from + " hears", ledger, from);
    }

    @Override
    public List<Heard> hear(int most, Duration wait) throws BusException, InterruptedException {
        return waiting.until(wait, () -> ledger.unheard(from, most));
    }

    @Override
    public void heard(long upTo) throws BusException {
        ledger.heard(from, upTo);
    }

    @Override
    public void close() {
        if (waiting.close()) {
            left.accept(this);
        }
    }
}
