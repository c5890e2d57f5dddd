package dev.steward.control;

import java.time.Duration;

/**
 * What one client may cost the daemon.
 *
 * @param lineBytes longest request
 * @param connections at once
 * @param line time to send a whole request, from connecting or the answer before on: who is idle takes a place from others
 * @param write time in which a client has to take what it is sent
 * @param pulse how often a client that waits is sent a sign, so that one that is gone is noticed
 */
record Limits(int lineBytes, int connections, Duration line, Duration write, Duration pulse) {
    static final Limits USUAL =
            new Limits(1 << 20, 64, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(10));
}
