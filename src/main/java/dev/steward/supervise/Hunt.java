package dev.steward.supervise;

import dev.steward.posix.Identity;
import dev.steward.posix.Poller;
import dev.steward.posix.Signal;
import dev.steward.posix.UnsupportedSystem;
import dev.steward.posix.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Ends a number of processes: asks them, kills them after a while, and says which live on nevertheless. */
final class Hunt {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<Watched> hunted = new ArrayList<>();
    private final List<Timers.Timer> timers = new ArrayList<>();
    private final Consumer<List<Long>> done;

    /**
     * Begins at once. If all are gone already, {@link #over} says so and nothing is called.
     *
     * @param grace how long they are given to end by themselves; zero kills them at once
     * @param done gets the pids that live on, none if all is well
     */
    Hunt(Loop loop, Poller poller, List<Identity> targets, Duration grace, Consumer<List<Long>> done) {
        this.done = done;
        try {
            targets.forEach(target -> poller.adopt(target).ifPresent(hunted::add));
        } catch (UnsupportedSystem e) {
            hunted.forEach(Watched::close);
            throw e;
        }
        if (over()) {
            return;
        }
        if (grace.isPositive()) {
            hunted.forEach(process -> process.signal(Signal.TERM));
            hunted.forEach(process -> process.signal(Signal.CONT));
            timers.add(loop.timers().at(loop.now() + grace.toNanos(), this::kill));
        } else {
            kill();
        }
        timers.add(loop.timers().at(loop.now() + grace.plus(PATIENCE).toNanos(), this::finish));
    }

    /** Whether there is nobody to hunt, or no more. */
    boolean over() {
        return hunted.isEmpty();
    }

    void kill() {
        hunted.forEach(process -> process.signal(Signal.KILL));
    }

    /** Takes note of an end; false if it is none of those that are hunted. */
    boolean ended(Watched process) {
        if (!hunted.contains(process)) {
            return false;
        }
        if (process.ended().isPresent()) {
            hunted.remove(process);
            process.close();
            if (over()) {
                finish();
            }
        }
        return true;
    }

    private void finish() {
        timers.forEach(Timers.Timer::callOff);
        var alive = hunted.stream().map(Watched::pid).toList();
        hunted.forEach(Watched::close);
        hunted.clear();
        done.accept(alive);
    }
}
