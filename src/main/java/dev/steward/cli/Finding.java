package dev.steward.cli;

import java.util.Locale;

/**
 * What {@code doctor} found out.
 *
 * @param said what is there, and what to do about it
 */
record Finding(String name, Verdict verdict, String said) {
    /** Unknown is never healthy: it counts as a failure. */
    enum Verdict {
        PASS,
        WARN,
        FAIL,
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding pass(String name, String said) {
        return new Finding(name, Verdict.PASS, said);
    }

    static Finding warn(String name, String said) {
        return new Finding(name, Verdict.WARN, said);
    }

    static Finding fail(String name, String said) {
        return new Finding(name, Verdict.FAIL, said);
    }

    static Finding unknown(String name, String said) {
        return new Finding(name, Verdict.UNKNOWN, said);
    }

    boolean isBad() {
        return verdict == Verdict.FAIL || verdict == Verdict.UNKNOWN;
    }
}
