package dev.steward.supervise;

import java.time.Duration;
import java.util.Optional;

/**
 * What an incarnation has shown or said once and need not say again: the next daemon has to know it.
 *
 * @param ready whether it became ready
 * @param within how soon its beats follow each other, if it said so itself
 */
record Proven(boolean ready, Optional<Duration> within) {
    static final Proven NOTHING = new Proven(false, Optional.empty());
    private static final String NOT = "-";

    /** Two words without spaces. */
    String written() {
        return (ready ? "ready" : NOT) + " "
                + within.map(interval -> Long.toString(interval.toMillis())).orElse(NOT);
    }

    /** @throws NumberFormatException if the second is neither a number nor a dash */
    static Proven read(String ready, String within) {
        return new Proven(
                ready.equals("ready"),
                within.equals(NOT) ? Optional.empty() : Optional.of(Duration.ofMillis(Long.parseLong(within))));
    }
}
