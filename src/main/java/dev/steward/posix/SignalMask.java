package dev.steward.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A sigset_t: a bit for each signal, from the lowest, on every system that Steward runs on. */
final class SignalMask {
    private SignalMask() {}

    static void add(MemorySegment mask, Signal signal) {
        var bit = signal.number() - 1;
        var at = bit / 8;
        mask.set(ValueLayout.JAVA_BYTE, at, (byte) (mask.get(ValueLayout.JAVA_BYTE, at) | 1 << bit % 8));
    }
}
