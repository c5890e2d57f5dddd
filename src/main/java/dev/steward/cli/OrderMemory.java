package dev.steward.cli;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.orders.InboxCheck;
import java.util.Optional;

/** What the node knows of orders that lie in an inbox; nothing where it never had a bus. One thread. */
final class OrderMemory implements InboxCheck.Known, AutoCloseable {
    private final Optional<OrderLedger> ledger;
    private Optional<BusException> trouble = Optional.empty();

    OrderMemory(Optional<OrderLedger> ledger) {
        this.ledger = ledger;
    }

    @Override
    public Optional<OrderRow.Hashes> of(String id) {
        if (ledger.isEmpty() || trouble.isPresent()) {
            return Optional.empty();
        }
        try {
            return ledger.get().order(id).map(OrderRow::hashes);
        } catch (BusException e) {
            trouble = Optional.of(e);
            return Optional.empty();
        }
    }

    /** After a check that could not ask: it proves less than it should. */
    void tellTrouble() throws BusException {
        if (trouble.isPresent()) {
            throw trouble.get();
        }
    }

    @Override
    public void close() throws BusException {
        if (ledger.isPresent()) {
            ledger.get().close();
        }
    }
}
