package dev.steward.supervise;

import dev.steward.config.Backoff;
import dev.steward.config.Budget;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What went wrong with an agent so far. Times are of the monotonic clock, in nanoseconds, oldest first.
 *
 * @param failures in all
 * @param restarts in all
 * @param failedInARow failures since it was last ready
 * @param stormInARow pauses in the present storm of restarts
 * @param recentFailures those that may still count against the budget
 * @param recentRestarts those that may still count against the budget
 */
record Tally(
        long failures,
        long restarts,
        int failedInARow,
        int stormInARow,
        List<Long> recentFailures,
        List<Long> recentRestarts) {
    static final Tally NONE = new Tally(0, 0, 0, 0, List.of(), List.of());

    /** What is known of an agent from before this daemon's time. */
    static Tally remembered(long failures, long restarts) {
        return new Tally(failures, restarts, 0, 0, List.of(), List.of());
    }

    Tally failed(Budget budget, long now) {
        var recent = recent(recentFailures, budget, now);
        return new Tally(failures + 1, restarts, failedInARow + 1, stormInARow, recent, recentRestarts);
    }

    Tally restarted(Budget budget, long now) {
        var recent = recent(recentRestarts, budget, now);
        return new Tally(failures, restarts + 1, failedInARow, stormInARow, recentFailures, recent);
    }

    Tally ready() {
        return new Tally(failures, restarts, 0, stormInARow, recentFailures, recentRestarts);
    }

    Tally paused() {
        return new Tally(failures, restarts, failedInARow, stormInARow + 1, recentFailures, recentRestarts);
    }

    Tally settled() {
        return remembered(failures, restarts);
    }

    /**
     * Also a slow crash loop is one: failures that follow each other more slowly than the budget's time count as much as
     * long as the agent is never ready between them.
     */
    boolean crashLoop(Budget budget) {
        return recentFailures.size() >= budget.limit() || failedInARow >= budget.limit();
    }

    boolean restartStorm(Budget budget) {
        return recentRestarts.size() >= budget.limit();
    }

    /** The pause before a failed agent is tried again. */
    Duration afterFailure(Backoff backoff, double jitter) {
        return pause(backoff, failedInARow, jitter);
    }

    /** The pause before an agent that restarts too often is started again. */
    Duration afterStorm(Backoff backoff, double jitter) {
        return pause(backoff, stormInARow, jitter);
    }

    /** Doubles from the first to the longest; up to a fifth of it is taken off, so that agents that failed together part. */
    private static Duration pause(Backoff backoff, int times, double jitter) {
        var first = backoff.first().toNanos();
        var longest = backoff.max().toNanos();
        var doublings = Math.clamp(times - 1L, 0, 40);
        var full = first > longest >> doublings ? longest : first << doublings;
        return Duration.ofNanos(full - (long) (full * 0.2 * jitter));
    }

    /** One more than the limit is enough to know that it is exceeded. */
    private static List<Long> recent(List<Long> times, Budget budget, long now) {
        var oldest = now - budget.within().toNanos();
        var kept = Stream.concat(times.stream().filter(time -> time > oldest), Stream.of(now))
                .toList();
        return kept.subList(Math.max(0, kept.size() - budget.limit() - 1), kept.size());
    }
}
