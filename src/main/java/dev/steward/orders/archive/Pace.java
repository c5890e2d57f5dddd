package dev.steward.orders.archive;

import dev.steward.bus.BusException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Works for a moment, then rests nine times as long: what is not urgent takes at most a tenth of the disk's time, however many orders
 * there are. For one thread.
 */
final class Pace {
    private static final long SLICE = Duration.ofMillis(20).toNanos();
    private static final int REST = 9;

    private final LongSupplier nanos;
    private final Rest rest;
    private long began;

    /** How it rests. */
    interface Rest {
        /** Returns when the time is over. */
        void rest(Duration time) throws Closing;
    }

    /** Nothing more is to be done. */
    static final class Closing extends Exception {
        private static final long serialVersionUID = 1;

        Closing() {
            super("the archive is being closed");
        }
    }

    /** What is to be done at the end of a moment's work, which is part of it. */
    interface Finish {
        void finish() throws IOException, BusException;
    }

    Pace(LongSupplier nanos, Rest rest) {
        this.nanos = nanos;
        this.rest = rest;
        began = nanos.getAsLong();
    }

    /** Begins to measure. */
    void begin() {
        began = nanos.getAsLong();
    }

    /** A small step was done. */
    void step() throws Closing {
        if (isOver()) {
            rest();
        }
    }

    /** The same; if it is time to rest, something is to be done before, which counts too. */
    void step(Finish before) throws IOException, BusException, Closing {
        if (isOver()) {
            end(before);
        }
    }

    /** Ends a moment's work, however short it was. */
    void end(Finish before) throws IOException, BusException, Closing {
        before.finish();
        rest();
    }

    private boolean isOver() {
        return nanos.getAsLong() - began >= SLICE;
    }

    private void rest() throws Closing {
        rest.rest(Duration.ofNanos(REST * (nanos.getAsLong() - began)));
        began = nanos.getAsLong();
    }
}
