package dev.steward.supervise;

import dev.steward.supervise.State.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of an agent that is up, by its heartbeat. Pure. */
final class Staleness {
    /** What is frozen or deadlocked seldom stops when it is asked to. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What a beat puts an end to. */
    private static final List<Action> OVER = List.of(
            new Action.ResolveIncident(Cause.STALE_HEARTBEAT), new Action.ResolveIncident(Cause.REPORTED_FAILURE));

    private Staleness() {}

    /** Ready, however that was proven: from now on a heartbeat is expected. */
    static List<Action> whenReady(Context context) {
        return context.config()
                .heartbeat()
                .map(rules -> List.<Action>of(new Action.Arm(
                        Alarm.STALE, context.pulse().flatMap(Pulse::within).orElse(rules.staleAfter()))))
                // No beat will ever come to end the incident of its predecessor.
                .orElse(OVER);
    }

    /** Under new rules it may be overdue already: asked at once, so that its file is looked at first. */
    static Step underNewRules(Life life, Context context) {
        return context.config().heartbeat().isEmpty()
                ? Step.nothing(life)
                : new Step(life, List.of(new Action.Arm(Alarm.STALE, Duration.ZERO)), "");
    }

    /** What made it ready ends the incident of its predecessor as well. */
    static Step firstBeat(Step ready) {
        var actions = new ArrayList<>(ready.actions());
        actions.addAll(OVER);
        return new Step(ready.life(), actions, ready.reason());
    }

    static Step beat(Life life, Context context) {
        var actions = new ArrayList<>(OVER);
        dueIn(context).ifPresent(due -> actions.add(new Action.Arm(Alarm.STALE, due)));
        return new Step(life, actions, "");
    }

    private static Optional<Duration> dueIn(Context context) {
        return context.pulse()
                .flatMap(pulse -> context.config().heartbeat().map(rules -> pulse.dueIn(context.now(), rules)));
    }

    static Step overdue(Life life, Incarnation incarnation, Context context) {
        var due = dueIn(context);
        if (due.isEmpty() || due.get().isPositive()) {
            return new Step(
                    life,
                    due.stream()
                            .map(later -> (Action) new Action.Arm(Alarm.STALE, later))
                            .toList(),
                    "");
        }
        var pulse = context.pulse().orElseThrow();
        var why = pulse.complaint(context.now());
        if (pulse.isUnknown()) {
            return unknown(
                    life,
                    why,
                    Alarm.STALE,
                    context.config().heartbeat().orElseThrow().every());
        }
        return switch (context.config().heartbeat().orElseThrow().onStale()) {
            case RESTART -> replace(life, incarnation, why, context);
            case REPORT -> new Step(life, List.of(new Action.OpenIncident(Cause.STALE_HEARTBEAT, why)), "");
        };
    }

    /** Nobody knows whether it beats: that is no health, but no reason to end what may be well. It is asked again. */
    static Step unknown(Life life, String why, Alarm alarm, Duration again) {
        return new Step(
                life, List.of(new Action.OpenIncident(Cause.STALE_HEARTBEAT, why), new Action.Arm(alarm, again)), "");
    }

    /** Counts as a restart: it was ready. */
    static Step replace(Life life, Incarnation incarnation, String why, Context context) {
        var config = context.config();
        var tally = life.tally().restarted(config.restarts(), context.now());
        var keep = config.keepAlive().afterFailure() || config.keepAlive().afterCrash();
        var asked = config.stop().timeout();
        var actions = new ArrayList<Action>(Transitions.terminate(asked.compareTo(PATIENCE) < 0 ? asked : PATIENCE));
        actions.add(new Action.OpenIncident(Cause.STALE_HEARTBEAT, why));
        var next = new State.Stopping(incarnation, keep ? Then.REPLACE : Then.END);
        return new Step(new Life(next, tally), actions, why);
    }
}
