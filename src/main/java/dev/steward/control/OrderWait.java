package dev.steward.control;

import dev.steward.bus.OrderRow;
import dev.steward.bus.ledger.Ledger;
import dev.steward.control.OrderGoal.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Waits in the daemon for what becomes of an order. Nothing runs while nothing changes. */
final class OrderWait {
    /** Never over: the wait ends by {@code late}. */
    private static final Duration FOREVER = Duration.ofDays(2);

    private final Ledger ledger;
    private final String id;
    private final OrderGoal goal;
    private final AtomicReference<CompletableFuture<Void>> change = new AtomicReference<>(new CompletableFuture<>());

    OrderWait(Ledger ledger, String id, OrderGoal goal) {
        this.ledger = ledger;
        this.id = id;
        this.goal = goal;
    }

    /** Gives the order as soon as the wait is over, and as it is then when the time is; empty if this node doesn't know it. */
    Optional<OrderRow> in(Call.Lines lines, Duration most) throws Exception {
        var known = ledger.order(id);
        if (known.isEmpty()) {
            return known;
        }
        var late = new CompletableFuture<Void>().completeOnTimeout(null, most.toNanos(), TimeUnit.NANOSECONDS);
        var inbox = known.get().heading().inbox();
        try (var _ = ledger.watch(inbox, () -> change.get().complete(null))) {
            return await(lines, late);
        } finally {
            late.complete(null);
        }
    }

    private Optional<OrderRow> await(Call.Lines lines, CompletableFuture<Void> late) throws Exception {
        while (true) {
            // Before the look: what changes after it is not missed.
            var next = new CompletableFuture<Void>();
            change.set(next);
            var isLate = late.isDone();
            var row = ledger.order(id);
            if (isLate || row.isEmpty() || goal.verdict(row.get()) != Verdict.WAITING) {
                return row;
            }
            lines.await(CompletableFuture.anyOf(next, late), FOREVER);
        }
    }
}
