package dev.steward.orders.work;

import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Expected;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Work;
import dev.steward.bus.ledger.Ledger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Asks the ledger, and has it changed, on threads of its own: to wait for the disk must not keep the loop from hearing of its handlers.
 * What comes of it is told on the loop's thread.
 */
final class Clerk {
    private final Ledger ledger;
    private final Executor threads;
    private final Consumer<Runnable> loop;

    Clerk(Ledger ledger, Executor threads, Consumer<Runnable> loop) {
        this.ledger = ledger;
        this.threads = threads;
        this.loop = loop;
    }

    /**
     * Whether it was done.
     *
     * @param trouble why nobody knows; empty if it is known
     */
    record Answer(boolean done, Optional<String> trouble) {}

    private interface Question {
        boolean ask() throws BusException;
    }

    /** Has it recorded that an attempt begins. */
    void begin(String id, Work work, Consumer<Answer> then) {
        ask(() -> changed(id, new Change.Begin(work)), then);
    }

    /** Has it recorded what an attempt came to; empty if the ledger never heard of it. */
    void end(String id, Optional<Change> change, Consumer<Answer> then) {
        ask(() -> change.isPresent() && changed(id, change.get()), then);
    }

    /** Has it recorded that no attempt at an order can begin. */
    void fail(String id, Change change, Consumer<Answer> then) {
        ask(() -> changed(id, change), then);
    }

    private boolean changed(String id, Change change) throws BusException {
        return ledger.change(id, change)
                .filter(Lifecycle.Next.To.class::isInstance)
                .isPresent();
    }

    private void ask(Question question, Consumer<Answer> then) {
        threads.execute(() -> {
            Answer answer;
            try {
                answer = new Answer(question.ask(), Optional.empty());
            } catch (BusException | RuntimeException e) {
                answer = new Answer(false, Optional.of(String.valueOf(e.getMessage())));
            }
            var told = answer;
            loop.accept(() -> then.accept(told));
        });
    }

    /**
     * What the ledger knows at one moment.
     *
     * @param workable by worker, by priority, then by age
     * @param withdrawn those in hand on which nobody is to work any more
     */
    record Sight(Map<String, List<OrderRow>> workable, Set<InHand> withdrawn, Optional<String> trouble) {}

    /**
     * An attempt that is not over.
     *
     * @param work what the ledger was told of it, or is being told
     * @param recorded whether the ledger has it surely
     */
    record InHand(String id, Optional<Work> work, boolean recorded) {
        /** Whether somebody said that nobody is to work on it. One that its own handler answered goes on to its end. */
        boolean isGivenUp(Optional<OrderRow> row) {
            return row.isEmpty()
                    || switch (row.get().state()) {
                        case DEAD, ABANDONED -> true;
                        case DONE -> false;
                        // It may have been cancelled, and be wanted once more, since the last look.
                        case DROPPED, DELIVERED, WORKING, FAILED ->
                            recorded
                                    && work.filter(mine -> new Expected.WorkedOnBy(mine).holds(row.get()))
                                            .isEmpty();
                    };
        }

        boolean is(Attempt attempt) {
            return attempt.id.equals(id) && attempt.work.equals(work);
        }
    }

    /**
     * Looks for orders.
     *
     * @param most how many are wanted, by worker
     * @param inboxes by worker
     */
    void look(Map<String, Integer> most, Map<String, String> inboxes, List<InHand> inHand, Consumer<Sight> then) {
        threads.execute(() -> {
            var workable = new HashMap<String, List<OrderRow>>();
            var withdrawn = new HashSet<InHand>();
            Optional<String> trouble = Optional.empty();
            try {
                for (var each : inHand) {
                    if (each.isGivenUp(ledger.order(each.id()))) {
                        withdrawn.add(each);
                    }
                }
                for (var worker : most.entrySet()) {
                    var inbox = inboxes.getOrDefault(worker.getKey(), worker.getKey());
                    workable.put(worker.getKey(), ledger.workable(inbox, worker.getValue()));
                }
            } catch (BusException | RuntimeException e) {
                trouble = Optional.of(String.valueOf(e.getMessage()));
            }
            var sight = new Sight(workable, withdrawn, trouble);
            loop.accept(() -> then.accept(sight));
        });
    }
}
