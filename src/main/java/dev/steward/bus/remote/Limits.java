package dev.steward.bus.remote;

import java.time.Duration;

/**
 * What clients may cost the daemon.
 *
 * @param connections at once
 * @param calls of one connection that are not answered yet
 * @param roomBytes for all messages that are being answered; who brings another one waits
 * @param slow time in which a frame has to be complete that began, or to be taken
 * @param silence after which a client counts as gone; it sends a pulse more often
 */
record Limits(int connections, int calls, int roomBytes, Duration slow, Duration silence) {
    static final Limits USUAL = new Limits(512, 16, 16 << 20, Duration.ofSeconds(10), Duration.ofSeconds(60));
}
