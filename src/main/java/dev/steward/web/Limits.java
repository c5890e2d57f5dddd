package dev.steward.web;

import java.time.Duration;

/**
 * What local programs may cost.
 *
 * @param connections at a time; who comes then waits in the kernel
 * @param idle how long a client may be silent
 * @param idleIfFull how long once no more connections are let in
 * @param life how long a connection may last, whatever it does
 */
record Limits(int connections, Duration idle, Duration idleIfFull, Duration life) {
    /** Clients of healthchecks.io wait as long as a connection may last: {@code curl -m 10}. */
    static final Limits USUAL = new Limits(64, Duration.ofSeconds(5), Duration.ofMillis(500), Duration.ofSeconds(10));
}
