package dev.steward.bus.local;

import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits in pieces, and looks between them whether the daemon is back. */
final class Slices {
    private static final Duration SLICE = Duration.ofSeconds(1);

    private final BooleanSupplier daemonIsBack;
    private final LongSupplier nanoTime;

    Slices(BooleanSupplier daemonIsBack, LongSupplier nanoTime) {
        this.daemonIsBack = daemonIsBack;
        this.nanoTime = nanoTime;
    }

    /** Something that waits so long for something to come. */
    interface Wait<T> {
        List<T> most(Duration time) throws BusException, InterruptedException;
    }

    <T> List<T> until(Duration wait, Wait<T> waiting) throws BusException, InterruptedException {
        var begun = nanoTime.getAsLong();
        while (true) {
            var left = wait.minusNanos(nanoTime.getAsLong() - begun);
            var last = left.compareTo(SLICE) <= 0;
            var came = waiting.most(left.isNegative() ? Duration.ZERO : last ? left : SLICE);
            if (last || !came.isEmpty()) {
                return came;
            }
            if (daemonIsBack.getAsBoolean()) {
                throw new BusException(
                        Kind.UNAVAILABLE, "the daemon is back, and this was opened past it; open it again");
            }
        }
    }
}
