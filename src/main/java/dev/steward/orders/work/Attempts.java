package dev.steward.orders.work;

import dev.steward.posix.ExitStatus;
import dev.steward.posix.Signal;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The attempts in hand: does what {@link Course} says. For the loop's thread alone. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

    /** Between TERM and KILL. */
    private static final Duration GRACE = Duration.ofSeconds(5);
    /** What is left behind has less time; and so long is waited for what was killed, before somebody is told. */
    private static final Duration SHORT_GRACE = Duration.ofSeconds(1);

    private static final Duration RECORD_AGAIN = Duration.ofSeconds(1);

    private final Handlers handlers;
    private final Leftovers leftovers;
    private final Reports reports;
    private final Clocks clocks;
    private final Consumer<Attempt> over;
    private final Map<String, Attempt> byId = new LinkedHashMap<>();

    /** @param over told of each attempt that is over */
    Attempts(Handlers handlers, Leftovers leftovers, Reports reports, Clocks clocks, Consumer<Attempt> over) {
        this.handlers = handlers;
        this.leftovers = leftovers;
        this.reports = reports;
        this.clocks = clocks;
        this.over = over;
    }

    Collection<Attempt> all() {
        return List.copyOf(byId.values());
    }

    Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    int busy(String worker) {
        return (int) byId.values().stream()
                .filter(attempt -> attempt.origin.worker().equals(worker))
                .count();
    }

    boolean none() {
        return byId.isEmpty();
    }

    /** Takes one up in the phase in which it is. */
    void add(Attempt attempt) {
        byId.put(attempt.id, attempt);
    }

    /** Takes one up whose process runs, and has for a while. */
    void addRunning(Attempt attempt) {
        add(attempt);
        attempt.phase = new Phase.Running();
        limitTime(attempt);
    }

    /** Takes one up that ended, but for what it may have left behind. */
    void addEnded(Attempt attempt, End end) {
        add(attempt);
        attempt.phase = new Phase.Clearing(end);
        act(attempt, Act.CLEAR);
    }

    /** Lets something happen to an attempt. */
    void handle(Attempt attempt, Event event) {
        var step = Course.next(attempt.phase, event);
        attempt.phase = step.next();
        step.acts().forEach(act -> act(attempt, act));
    }

    private void act(Attempt attempt, Act act) {
        switch (act) {
            case LET_GO -> {
                handlers.letGo(attempt);
                limitTime(attempt);
            }
            case TERMINATE -> {
                attempt.timeoutAt = OptionalLong.empty();
                attempt.graceAt = in(GRACE);
                handlers.terminate(attempt);
            }
            case KILL -> kill(attempt);
            case CLEAR -> clear(attempt);
            case RECORD -> record(attempt);
            case FORGET -> forget(attempt);
        }
    }

    private void limitTime(Attempt attempt) {
        attempt.timeoutAt = attempt.rules
                .timeout()
                .map(timeout -> in(timeout.minus(attempt.took(clocks.nanos()))))
                .orElse(OptionalLong.empty());
    }

    private OptionalLong in(Duration pause) {
        return OptionalLong.of(clocks.nanos() + pause.toNanos());
    }

    private void kill(Attempt attempt) {
        attempt.graceAt = in(SHORT_GRACE);
        if (attempt.phase instanceof Phase.Clearing) {
            hunt(attempt, Signal.KILL);
        } else {
            handlers.kill(attempt);
        }
    }

    private void clear(Attempt attempt) {
        attempt.timeoutAt = OptionalLong.empty();
        attempt.graceAt = OptionalLong.empty();
        if (leftovers.none(attempt)) {
            handle(attempt, new Event.Cleared());
        } else {
            attempt.graceAt = in(SHORT_GRACE);
            hunt(attempt, Signal.TERM);
        }
    }

    private void hunt(Attempt attempt, Signal signal) {
        if (leftovers.hunt(attempt, signal) > 0) {
            return;
        }
        if (leftovers.none(attempt)) {
            cleared(attempt);
        } else {
            // Another user's process may hold the life file and not let itself be looked at. No second one is begun
            // beside it.
            attempt.problem = attempt.id + ": something of attempt " + attempt.files.number()
                    + " still lives and cannot be found: see who has " + attempt.files.life() + " open";
        }
    }

    private void cleared(Attempt attempt) {
        attempt.graceAt = OptionalLong.empty();
        attempt.problem = "";
        handle(attempt, new Event.Cleared());
    }

    /** The end of a watched process; false if it is none of theirs. */
    boolean ended(Watched process) {
        for (var attempt : all()) {
            if (attempt.main.filter(process::equals).isPresent()) {
                process.ended().ifPresent(status -> mainEnded(attempt, process, status));
                return true;
            }
            if (attempt.leftovers.contains(process)) {
                if (process.ended().isPresent()) {
                    leftoverEnded(attempt, process);
                }
                return true;
            }
        }
        return false;
    }

    private void mainEnded(Attempt attempt, Watched process, ExitStatus status) {
        attempt.main = Optional.empty();
        process.close();
        handle(attempt, new Event.Ended(Ending.of(status, attempt.files.written())));
    }

    private void leftoverEnded(Attempt attempt, Watched process) {
        attempt.leftovers.remove(process);
        process.close();
        if (attempt.leftovers.isEmpty() && leftovers.none(attempt)) {
            cleared(attempt);
        }
    }

    private void record(Attempt attempt) {
        attempt.recordAt = OptionalLong.empty();
        if (attempt.phase instanceof Phase.Recording recording) {
            reports.make(attempt, recording.end(), answer -> {
                attempt.problem = answer.trouble()
                        .map(trouble -> attempt.id + ": the result of attempt " + attempt.files.number()
                                + " cannot be recorded, which is tried again: " + trouble)
                        .orElse("");
                if (answer.trouble().isPresent()) {
                    attempt.recordAt = in(RECORD_AGAIN);
                } else {
                    handle(attempt, new Event.Recorded());
                }
            });
        }
    }

    private void forget(Attempt attempt) {
        attempt.close();
        try {
            attempt.files.remove();
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", attempt.files.folder(), e.getMessage());
        }
        byId.remove(attempt.id);
        over.accept(attempt);
    }

    /** Does what is due. */
    void tick(long now) {
        for (var attempt : all()) {
            if (isDue(attempt.timeoutAt, now)) {
                attempt.timeoutAt = OptionalLong.empty();
                handle(attempt, new Event.Stop(Why.TIMED_OUT));
            }
            if (isDue(attempt.graceAt, now)) {
                attempt.graceAt = OptionalLong.empty();
                handle(attempt, new Event.GraceOver());
            }
            if (isDue(attempt.recordAt, now)) {
                record(attempt);
            }
        }
    }

    private static boolean isDue(OptionalLong at, long now) {
        return at.isPresent() && at.getAsLong() - now <= 0;
    }
}
