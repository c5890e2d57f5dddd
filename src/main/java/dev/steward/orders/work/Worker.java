package dev.steward.orders.work;

import dev.steward.bus.Heading;
import dev.steward.config.WorkerConfig;
import java.time.Duration;

/** A worker as it is configured, and what keeps it from beginning. For the loop's thread alone. */
final class Worker {
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    final WorkerConfig config;
    final Rules rules;
    private String problem = "";
    private Duration rest = FIRST_REST;
    private long restsUntil;

    Worker(WorkerConfig config) {
        this.config = config;
        rules = Rules.of(config);
    }

    String name() {
        return config.name();
    }

    /** As names of inboxes are compared. */
    String inbox() {
        return Heading.inbox(config.inbox());
    }

    /** Why it begins nothing, for people; empty if nothing hinders it. */
    String problem() {
        return problem;
    }

    /** It rests for a while, each time for longer: what hinders it seldom goes away by being tried. Gives for how long. */
    Duration hindered(String why, long now) {
        problem = why;
        var pause = rest;
        restsUntil = now + pause.toNanos();
        rest = pause.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? pause.multipliedBy(2) : LONGEST_REST;
        return pause;
    }

    void began() {
        problem = "";
        rest = FIRST_REST;
    }

    boolean rests(long now) {
        return !problem.isEmpty() && restsUntil - now > 0;
    }
}
