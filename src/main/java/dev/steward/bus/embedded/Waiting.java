package dev.steward.bus.embedded;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import java.time.Duration;
import java.util.List;

/** Asks for something until there is some, anew whenever the ledger says that something of this name changed. */
final class Waiting {
    private static final Duration LONGEST = Duration.ofDays(365);

    private final String what;
    private final Signal signal = new Signal();
    private final AutoCloseable watch;

    /** @param what it is, for people */
    Waiting(String what, Ledger ledger, String name) {
        this.what = what;
        this.watch = ledger.watch(name, signal::change);
    }

    /** What is asked for. */
    interface Question<T> {
        List<T> ask() throws BusException;
    }

    <T> List<T> until(Duration wait, Question<T> question) throws BusException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long left = (wait.compareTo(LONGEST) > 0 ? LONGEST : wait).toNanos();
        while (true) {
            check();
            long changes = signal.changes();
            var answer = question.ask();
            if (!answer.isEmpty() || left <= 0) {
                return answer;
            }
            left = signal.await(changes, left);
        }
    }

    /** Lets it ask anew. */
    void again() {
        signal.change();
    }

    void check() throws BusException {
        if (signal.closed()) {
            throw new BusException(BusException.Kind.UNAVAILABLE, what + " was closed");
        }
    }

    /** Ends all waits; gives whether it was open. */
    boolean close() {
        if (!signal.close()) {
            return false;
        }
        try {
            watch.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return true;
    }
}
