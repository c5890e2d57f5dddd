package dev.steward.orders.work;

import java.time.Instant;
import java.util.List;

/**
 * A worker at one moment.
 *
 * @param concurrency how many orders it handles at a time
 * @param handling the orders that it handles now
 * @param problem why it begins nothing, or what else is wrong, for people; empty if all is well
 */
public record WorkerStatus(String name, String inbox, int concurrency, List<Handling> handling, String problem) {
    public WorkerStatus {
        handling = List.copyOf(handling);
    }

    /**
     * An order that is being worked on.
     *
     * @param pid of its handler; 0 if nothing but leftovers of it is known
     */
    public record Handling(String id, int attempt, long pid, Instant since) {}
}
