package dev.steward.agent;

import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the bus how it is: at each beat, at once when the connection ended, and while it is away again and again, at growing intervals. For
 * a thread of its own, since a bus that hangs may take its time.
 */
final class Link implements Runnable {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final Duration UNTIL_THE_NEXT_SIGNAL = Duration.ofDays(1);

    private final Bus bus;
    private final Signals signals;
    private final Consumer<Event> bell;
    private final Runnable answered;
    private long iter;
    private Optional<Beat> unshown = Optional.empty();
    private Presence last = new Presence.Away("bus", "it was not asked yet");

    /** @param answered is run after each answer of the daemon, also of one whose own bus is away: it takes and gives orders nevertheless */
    Link(Bus bus, Signals signals, Consumer<Event> bell, Runnable answered) {
        this.bus = bus;
        this.signals = signals;
        this.bell = bell;
        this.answered = answered;
    }

    @Override
    public void run() {
        try {
            var pause = UNTIL_THE_NEXT_SIGNAL;
            while (true) {
                unshown = signals.await(pause).or(() -> unshown);
                last = ask();
                bell.accept(new Event.Answer(iter, last));
                pause = pause(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause(Duration before) {
        return switch (last) {
            case Presence.Connected _ -> UNTIL_THE_NEXT_SIGNAL;
            case Presence.Away _ -> {
                var doubled = before.compareTo(LONGEST_PAUSE) > 0 ? FIRST_PAUSE : before.multipliedBy(2);
                yield doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
            }
        };
    }

    private Presence ask() {
        iter = unshown.map(Beat::iter).orElse(iter);
        try {
            if (unshown.isPresent()) {
                bus.beat(unshown.get());
                unshown = Optional.empty();
            }
            var presence = bus.presence();
            answered.run();
            return presence;
        } catch (BusException e) {
            return new Presence.Away(last.kind(), String.valueOf(e.getMessage()));
        }
    }
}
