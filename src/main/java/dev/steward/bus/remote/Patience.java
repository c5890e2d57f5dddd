package dev.steward.bus.remote;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a client waits for the daemon.
 *
 * @param greeting for the answer to the greeting
 * @param answer for that to a call which doesn't wait for anything
 * @param pulse when the daemon was not heard for so long, it is asked for a sign of life
 * @param silence when it was not heard for so long, it hangs
 * @param nanoTime monotonic
 */
record Patience(Duration greeting, Duration answer, Duration pulse, Duration silence, LongSupplier nanoTime) {
    static final Patience USUAL = new Patience(
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            System::nanoTime);
}
