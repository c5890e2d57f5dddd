package dev.steward.supervise;

import dev.steward.config.Ready;
import dev.steward.supervise.State.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole life of an agent as one table: (state, event) → (state, actions). Pure. What a state doesn't name is an event
 * that came too late, and changes nothing.
 */
final class Transitions {
    /** How often a stop that doesn't come to an end is tried again. */
    private static final Duration INSIST = Duration.ofSeconds(1);

    private static final List<Cause> OVER_AT_REST = List.of(
            Cause.CRASH_LOOP,
            Cause.RESTART_STORM,
            Cause.CANNOT_START,
            Cause.ENDED_BADLY,
            Cause.STALE_HEARTBEAT,
            Cause.REPORTED_FAILURE);

    private Transitions() {}

    static Step step(Life life, Event event, Context context) {
        return switch (life.state()) {
            case State.Stopped _ -> atRest(life, event, context);
            case State.Ended _ -> atRest(life, event, context);
            case State.Waiting _ -> waiting(life, event, context);
            case State.Spawning _ -> spawning(life, event, context);
            case State.Clearing clearing -> clearing(life, clearing, event, context);
            case State.Starting starting -> starting(life, starting, event, context);
            case State.Up up -> up(life, up, event, context);
            case State.Stopping stopping -> stopping(life, stopping, event, context);
            case State.BackingOff _ -> trying(life, event, context);
            case State.Failed _ -> trying(life, event, context);
        };
    }

    private static Step atRest(Life life, Event event, Context context) {
        return switch (event) {
            case Event.Start _, Event.Restart _ -> begin(life.with(life.tally().settled()), context, "start");
            case Event.Stop _ -> clear(life, Then.REST, "stop");
            case Event.Adopted adopted -> adopt(life, adopted, context);
            case Event.StepAside _, Event.NeedsChanged _, Event.Spawned _, Event.SpawnRefused _, Event.Blocked _ ->
                Step.nothing(life);
            case Event.Cleared _, Event.NotCleared _, Event.BecameReady _, Event.ReadyTimedOut _, Event.Exited _ ->
                Step.nothing(life);
            case Event.StopTimedOut _,
                    Event.BackoffElapsed _,
                    Event.Settled _,
                    Event.Stale _,
                    Event.RulesChanged _,
                    Event.Said _ -> Step.nothing(life);
        };
    }

    private static Step waiting(Life life, Event event, Context context) {
        return switch (event) {
            case Event.NeedsChanged _, Event.Start _, Event.Restart _ ->
                context.needsMet() ? spawn(life, "what it needs is there") : Step.nothing(life);
            case Event.Stop _ -> clear(life, Then.REST, "stop");
            case Event.Adopted adopted -> adopt(life, adopted, context);
            case Event.StepAside _, Event.Spawned _, Event.SpawnRefused _, Event.Blocked _, Event.Cleared _ ->
                Step.nothing(life);
            case Event.NotCleared _, Event.BecameReady _, Event.ReadyTimedOut _, Event.Exited _, Event.StopTimedOut _ ->
                Step.nothing(life);
            case Event.BackoffElapsed _, Event.Settled _, Event.Stale _, Event.RulesChanged _, Event.Said _ ->
                Step.nothing(life);
        };
    }

    private static Step spawning(Life life, Event event, Context context) {
        return switch (event) {
            case Event.Spawned spawned -> spawned(life, spawned.incarnation(), context);
            case Event.SpawnRefused refused -> refused(life, refused.reason(), context);
            case Event.Blocked _ -> clear(life, Then.START_AGAIN, "something of the last incarnation still lives");
            case Event.Start _,
                    Event.Stop _,
                    Event.Restart _,
                    Event.StepAside _,
                    Event.NeedsChanged _,
                    Event.Cleared _ -> Step.nothing(life);
            case Event.NotCleared _, Event.Adopted _, Event.BecameReady _, Event.ReadyTimedOut _, Event.Exited _ ->
                Step.nothing(life);
            case Event.StopTimedOut _,
                    Event.BackoffElapsed _,
                    Event.Settled _,
                    Event.Stale _,
                    Event.RulesChanged _,
                    Event.Said _ -> Step.nothing(life);
        };
    }

    private static Step clearing(Life life, State.Clearing clearing, Event event, Context context) {
        return switch (event) {
            case Event.Cleared _ -> cleared(life, clearing.then(), context);
            case Event.NotCleared not -> notCleared(life, clearing.then(), not.whatLives());
            case Event.Start _, Event.Restart _ -> then(life, new State.Clearing(Then.START_AGAIN), "start");
            case Event.Stop _ -> then(life, new State.Clearing(Then.REST), "stop");
            case Event.StepAside _ ->
                clearing.then() == Then.START_AGAIN
                        ? then(life, new State.Clearing(Then.WAIT), "what it needs stops")
                        : Step.nothing(life);
            case Event.StopTimedOut _ -> new Step(life, List.of(new Action.Kill()), "");
            case Event.NeedsChanged _, Event.Spawned _, Event.SpawnRefused _, Event.Blocked _, Event.Adopted _ ->
                Step.nothing(life);
            case Event.BecameReady _, Event.ReadyTimedOut _, Event.Exited _, Event.BackoffElapsed _, Event.Settled _ ->
                Step.nothing(life);
            case Event.Stale _, Event.RulesChanged _, Event.Said _ -> Step.nothing(life);
        };
    }

    private static Step starting(Life life, State.Starting starting, Event event, Context context) {
        var incarnation = starting.incarnation();
        return switch (event) {
            case Event.BecameReady _ -> ready(life, incarnation, context, "ready");
            case Event.ReadyTimedOut _ -> AfterTheEnd.notReadyInTime(life, incarnation, context);
            case Event.Exited exited -> AfterTheEnd.beforeReady(life, exited.status(), context);
            case Event.Stop _ -> terminate(life, incarnation, Then.REST, context, "stop");
            case Event.Restart _ -> terminate(life, incarnation, Then.START_AGAIN, context, "restart");
            case Event.StepAside _ -> terminate(life, incarnation, Then.WAIT, context, "what it needs stops");
            case Event.Start _, Event.NeedsChanged _, Event.Spawned _, Event.SpawnRefused _, Event.Blocked _ ->
                Step.nothing(life);
            case Event.Cleared _, Event.NotCleared _, Event.Adopted _, Event.StopTimedOut _, Event.BackoffElapsed _ ->
                Step.nothing(life);
            case Event.RulesChanged _ -> prove(life, context);
            case Event.Settled _, Event.Stale _ -> Step.nothing(life);
            case Event.Said said ->
                switch (said) {
                    case Event.Beat _ ->
                        context.config().ready() instanceof Ready.FirstBeat
                                ? Staleness.firstBeat(ready(life, incarnation, context, "its first heartbeat"))
                                : Step.nothing(life);
                    case Event.Extended extended -> extend(life, Alarm.READY_TIMEOUT, extended.by());
                    case Event.SaidFailed failed -> reported(life, failed.detail());
                    case Event.MainChanged changed -> Step.changed(life.in(new State.Starting(changed.incarnation())));
                    case Event.Triggered _, Event.SaidStopping _ -> Step.nothing(life);
                };
        };
    }

    private static Step up(Life life, State.Up up, Event event, Context context) {
        var incarnation = up.incarnation();
        return switch (event) {
            case Event.Exited exited -> AfterTheEnd.ofAReadyOne(life, exited.status(), context);
            case Event.Settled _ -> settled(life);
            case Event.Stop _ -> terminate(life, incarnation, Then.REST, context, "stop");
            case Event.Restart _ -> terminate(life, incarnation, Then.START_AGAIN, context, "restart");
            case Event.StepAside _ -> terminate(life, incarnation, Then.WAIT, context, "what it needs stops");
            case Event.Start _, Event.NeedsChanged _, Event.Spawned _, Event.SpawnRefused _, Event.Blocked _ ->
                Step.nothing(life);
            case Event.Cleared _, Event.NotCleared _, Event.Adopted _, Event.BecameReady _, Event.ReadyTimedOut _ ->
                Step.nothing(life);
            case Event.StopTimedOut _, Event.BackoffElapsed _ -> Step.nothing(life);
            case Event.Stale _ -> Staleness.overdue(life, incarnation, context);
            case Event.RulesChanged _ -> Staleness.underNewRules(life, context);
            case Event.Said said ->
                switch (said) {
                    case Event.Beat _ -> Staleness.beat(life, context);
                    case Event.Triggered _ ->
                        Staleness.replace(life, incarnation, "it asked to be replaced (WATCHDOG=trigger)", context);
                    case Event.SaidFailed failed -> reported(life, failed.detail());
                    case Event.SaidStopping _ -> stopsByItself(life, incarnation, context);
                    case Event.Extended extended -> extend(life, Alarm.STALE, extended.by());
                    case Event.MainChanged changed -> Step.changed(life.in(new State.Up(changed.incarnation())));
                };
        };
    }

    private static Step stopping(Life life, State.Stopping stopping, Event event, Context context) {
        return switch (event) {
            case Event.Exited exited ->
                stopping.then() == Then.AS_IT_ENDS
                        ? AfterTheEnd.ofAReadyOne(life, exited.status(), context)
                        : clear(life, stopping.then(), AfterTheEnd.told(exited.status()));
            case Event.StopTimedOut _ ->
                new Step(life, List.of(new Action.Kill(), new Action.Arm(Alarm.STOP_TIMEOUT, INSIST)), "");
            case Event.Start _, Event.Restart _ -> stopOnRequest(life, stopping, Then.START_AGAIN, context, "start");
            case Event.Stop _ -> stopOnRequest(life, stopping, Then.REST, context, "stop");
            case Event.StepAside _ ->
                stopping.then() == Then.START_AGAIN || stopping.then() == Then.AS_IT_ENDS
                        ? stopOnRequest(life, stopping, Then.WAIT, context, "what it needs stops")
                        : Step.nothing(life);
            case Event.NeedsChanged _, Event.Spawned _, Event.SpawnRefused _, Event.Blocked _, Event.Cleared _ ->
                Step.nothing(life);
            case Event.NotCleared _,
                    Event.Adopted _,
                    Event.BecameReady _,
                    Event.ReadyTimedOut _,
                    Event.BackoffElapsed _ -> Step.nothing(life);
            case Event.Settled _, Event.Stale _, Event.RulesChanged _ -> Step.nothing(life);
            case Event.Said said ->
                switch (said) {
                    // What is replaced, since it was not well, gets no more time than it was given.
                    case Event.Extended extended ->
                        stopping.then() == Then.REPLACE
                                ? Step.nothing(life)
                                : extend(life, Alarm.STOP_TIMEOUT, extended.by());
                    case Event.MainChanged changed ->
                        Step.changed(life.in(new State.Stopping(changed.incarnation(), stopping.then())));
                    case Event.Beat _, Event.Triggered _, Event.SaidFailed _, Event.SaidStopping _ ->
                        Step.nothing(life);
                };
        };
    }

    /** Backing off, or failed: tried again when the time has come, or at once if somebody asks. */
    private static Step trying(Life life, Event event, Context context) {
        return switch (event) {
            case Event.BackoffElapsed _ -> begin(life, context, "tried again");
            case Event.Start _, Event.Restart _ -> begin(life.with(life.tally().settled()), context, "start");
            case Event.Stop _ -> clear(life, Then.REST, "stop");
            case Event.StepAside _ ->
                new Step(life.in(new State.Waiting()), List.of(new Action.Disarm()), "what it needs stops");
            case Event.NeedsChanged _, Event.Spawned _, Event.SpawnRefused _, Event.Blocked _, Event.Cleared _ ->
                Step.nothing(life);
            case Event.NotCleared _, Event.Adopted _, Event.BecameReady _, Event.ReadyTimedOut _, Event.Exited _ ->
                Step.nothing(life);
            case Event.StopTimedOut _, Event.Settled _, Event.Stale _, Event.RulesChanged _, Event.Said _ ->
                Step.nothing(life);
        };
    }

    static Step begin(Life life, Context context, String reason) {
        return context.needsMet()
                ? spawn(life, reason)
                : new Step(
                        life.in(new State.Waiting()),
                        List.of(new Action.Disarm()),
                        reason.isEmpty() ? "waits for what it needs" : reason + "; waits for what it needs");
    }

    /** The way to a process is the shortest of all: nothing but the spawn stands in it. */
    private static Step spawn(Life life, String reason) {
        return new Step(life.in(new State.Spawning()), List.of(new Action.Spawn()), reason);
    }

    private static Step spawned(Life life, Incarnation incarnation, Context context) {
        var actions = new ArrayList<Action>(List.of(
                new Action.Disarm(),
                new Action.ResolveIncident(Cause.CANNOT_START),
                new Action.ResolveIncident(Cause.ENDED_BADLY)));
        actions.addAll(untilReady(context.config().ready()));
        return new Step(life.in(new State.Starting(incarnation)), actions, "");
    }

    private static List<Action> untilReady(Ready ready) {
        return switch (ready) {
            case Ready.After after -> List.of(new Action.Arm(Alarm.READY, after.after()));
            case Ready.FileWritten _, Ready.Tcp _, Ready.Http _, Ready.LogLine _ ->
                List.of(new Action.AwaitReady(), new Action.Arm(Alarm.READY_TIMEOUT, ready.timeout()));
            case Ready.Notified _, Ready.FirstBeat _ -> List.of(new Action.Arm(Alarm.READY_TIMEOUT, ready.timeout()));
        };
    }

    private static Step refused(Life life, String reason, Context context) {
        var pause = new Action.Arm(Alarm.BACKOFF, context.config().backoff().max());
        return new Step(
                life.in(new State.Failed(reason)),
                List.of(new Action.Disarm(), new Action.OpenIncident(Cause.CANNOT_START, reason), pause),
                reason);
    }

    private static Step adopt(Life life, Event.Adopted adopted, Context context) {
        return adopted.ready()
                ? ready(life, adopted.incarnation(), context, "adopted")
                : new Step(
                        life.in(new State.Starting(adopted.incarnation())),
                        untilReady(context.config().ready()),
                        "adopted");
    }

    private static Step ready(Life life, Incarnation incarnation, Context context, String reason) {
        var failures = context.config().failures().within();
        var restarts = context.config().restarts().within();
        var calm = failures.compareTo(restarts) > 0 ? failures : restarts;
        var actions = new ArrayList<Action>(List.of(new Action.Disarm(), new Action.Arm(Alarm.SETTLED, calm)));
        actions.addAll(Staleness.whenReady(context));
        return new Step(new Life(new State.Up(incarnation), life.tally().ready()), actions, reason);
    }

    /** Under new rules it has to prove itself anew, with all the time that they give. */
    private static Step prove(Life life, Context context) {
        var actions = new ArrayList<Action>(List.of(new Action.Disarm()));
        actions.addAll(untilReady(context.config().ready()));
        return new Step(life, actions, "");
    }

    private static Step extend(Life life, Alarm alarm, Duration by) {
        return new Step(life, List.of(new Action.Extend(alarm, by)), "");
    }

    private static Step reported(Life life, String detail) {
        return new Step(life, List.of(new Action.OpenIncident(Cause.REPORTED_FAILURE, detail)), "");
    }

    /** One that stops by itself was not asked to: that it says so must not keep anybody waiting. */
    private static Step stopOnRequest(Life life, State.Stopping stopping, Then then, Context context, String reason) {
        return stopping.then() == Then.AS_IT_ENDS
                ? terminate(life, stopping.incarnation(), then, context, reason)
                : then(life, new State.Stopping(stopping.incarnation(), then), reason);
    }

    private static Step stopsByItself(Life life, Incarnation incarnation, Context context) {
        var patience =
                new Action.Arm(Alarm.STOP_TIMEOUT, context.config().stop().timeout());
        return new Step(
                life.in(new State.Stopping(incarnation, Then.AS_IT_ENDS)),
                List.of(new Action.Disarm(), patience),
                "it said that it stops");
    }

    private static Step settled(Life life) {
        return new Step(
                life.with(life.tally().settled()),
                List.of(
                        new Action.ResolveIncident(Cause.CRASH_LOOP),
                        new Action.ResolveIncident(Cause.RESTART_STORM),
                        new Action.ResolveIncident(Cause.LEFTOVERS)),
                "");
    }

    static Step terminate(Life life, Incarnation incarnation, Then then, Context context, String reason) {
        return new Step(
                life.in(new State.Stopping(incarnation, then)),
                terminate(context.config().stop().timeout()),
                reason);
    }

    static List<Action> terminate(Duration patience) {
        return List.of(new Action.Disarm(), new Action.Terminate(), new Action.Arm(Alarm.STOP_TIMEOUT, patience));
    }

    static Step clear(Life life, Then then, String reason) {
        return new Step(life.in(new State.Clearing(then)), List.of(new Action.Disarm(), new Action.Clear()), reason);
    }

    private static Step then(Life life, State next, String reason) {
        return life.state().equals(next) ? Step.nothing(life) : new Step(life.in(next), List.of(), reason);
    }

    private static Step cleared(Life life, Then then, Context context) {
        return switch (then) {
            case REST -> rest(life, List.of(new Action.ResolveIncident(Cause.LEFTOVERS)), "");
            case BACK_OFF, END -> AfterTheEnd.unwellAndGone(life, then, context);
            case START_AGAIN -> begin(life, context, "");
            case REPLACE, AS_IT_ENDS -> AfterTheEnd.unlessTooOften(life, context, "replaced");
            case WAIT ->
                new Step(life.in(new State.Waiting()), List.of(new Action.Disarm()), "waits for what it needs");
        };
    }

    /** At rest it is said and left; before a start it is said and tried again, for there must never be two. */
    private static Step notCleared(Life life, Then then, String whatLives) {
        var incident = new Action.OpenIncident(Cause.LEFTOVERS, whatLives);
        return switch (then) {
            case START_AGAIN, WAIT, BACK_OFF, END, REPLACE, AS_IT_ENDS ->
                new Step(life, List.of(incident, new Action.Clear()), "");
            case REST -> rest(life, List.of(incident), whatLives);
        };
    }

    private static Step rest(Life life, List<Action> first, String reason) {
        var actions = new ArrayList<>(first);
        actions.add(new Action.Disarm());
        for (var over : OVER_AT_REST) {
            actions.add(new Action.ResolveIncident(over));
        }
        return new Step(life.in(new State.Stopped()), actions, reason);
    }
}
