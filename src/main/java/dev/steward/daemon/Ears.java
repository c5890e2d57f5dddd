package dev.steward.daemon;

import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears signals for the daemon, and keeps those that come while it is being replaced. The thread that opens it has to live as long
 * as it is to hear. Any thread.
 */
final class Ears {
    private static final Logger LOG = LoggerFactory.getLogger(Ears.class);

    private final List<Signal> kept = new ArrayList<>();
    private Optional<Control> control = Optional.empty();
    private boolean opened;

    /** What a daemon hears. USR1 would end the JVM without a word. */
    static final List<Signal> ALL = List.of(Signal.TERM, Signal.INT, Signal.HUP, Signal.USR1);

    /** From now on signals go there, first those that were kept. */
    synchronized void tell(Control listener, Posix posix, Origin origin) {
        control = Optional.of(listener);
        if (!opened) {
            opened = true;
            var actions = new EnumMap<Signal, Runnable>(Signal.class);
            ALL.forEach(signal -> actions.put(signal, () -> hear(signal)));
            posix.heard(Map.copyOf(actions), waiting(origin));
        }
        var again = List.copyOf(kept);
        kept.clear();
        again.forEach(signal -> act(listener, signal));
    }

    /** A shell has what it starts in the background, as a guard does, ignore INT. */
    private static List<Signal> waiting(Origin origin) {
        if (origin.predecessor().isPresent()) {
            return ALL;
        }
        return origin.guarded() ? List.of(Signal.INT) : List.of();
    }

    private synchronized void hear(Signal signal) {
        control.ifPresentOrElse(listener -> act(listener, signal), () -> kept.add(signal));
    }

    private static void act(Control control, Signal signal) {
        switch (signal) {
            case TERM, INT -> control.end();
            case HUP -> Thread.ofVirtual().start(control::reloadQuietly);
            case USR1 -> LOG.info("SIGUSR1 means nothing here");
            case QUIT, ABRT, KILL, SEGV, USR2, PIPE, ALRM, CONT, STOP, TSTP, TTIN, TTOU, WINCH ->
                throw new IllegalStateException("nobody listens to " + signal);
        }
    }

    /** From now on signals are kept: for whoever is told next, or the program that takes this one's place. */
    synchronized void keep() {
        control = Optional.empty();
    }

    synchronized List<Signal> kept() {
        return List.copyOf(kept);
    }

    /** What came while the predecessor went. */
    synchronized void begin(List<Signal> signals) {
        kept.addAll(signals);
    }
}
