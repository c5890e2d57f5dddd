package dev.steward.supervise;

import java.time.Duration;

/** How long to wait between two looks at an agent that is not ready yet: it may be so at any moment, or take long. */
final class ProbePause {
    static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMillis(250);

    private ProbePause() {}

    static Duration after(Duration pause) {
        var longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
}
