package dev.steward.web;

import java.time.Duration;

/**
 * What local programs may cost.
 *
 * @param connections at a time; who comes then waits in the kernel
 * @param idle how long a client may be silent
 * @param life how long a connection may last, whatever it does
 * @param lifeIfMany how long it may if it finds half of the connections taken
 */
record Limits(int connections, Duration idle, Duration life, Duration lifeIfMany) {
    /** Clients of healthchecks.io wait as long as a connection may last: {@code curl -m 10}. */
    static final Limits USUAL = new Limits(64, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(2));
}
