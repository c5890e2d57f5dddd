package dev.steward.agent;

import dev.steward.bus.Beat;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What wakes the thread that asks the bus. Beats that it could not show yet give way to the newest one. Thread-safe. */
final class Signals {
    private final BlockingQueue<Optional<Beat>> queue = new LinkedBlockingQueue<>();

    /** A beat is to be shown. */
    void beat(Beat beat) {
        queue.add(Optional.of(beat));
    }

    /** The connection ended. */
    void lost() {
        queue.add(Optional.empty());
    }

    /** Waits for signals, so long at most; gives the newest beat of them. */
    Optional<Beat> await(Duration most) throws InterruptedException {
        Optional<Beat> newest = Optional.empty();
        var signal = queue.poll(most.toNanos(), TimeUnit.NANOSECONDS);
        while (signal != null) {
            newest = signal.isPresent() ? signal : newest;
            signal = queue.poll();
        }
        return newest;
    }
}
