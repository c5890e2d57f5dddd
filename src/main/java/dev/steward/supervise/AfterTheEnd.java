package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.KeepAlive;
import dev.steward.config.Ready;
import dev.steward.posix.ExitStatus;
import dev.steward.supervise.State.Then;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What comes after an incarnation: restart at once after proof, back off after failure. Pure. */
final class AfterTheEnd {
    /** What follows stands for as long as the pause takes, at its beginning. */
    static final String NEXT_TRY = "; next try in ";

    private AfterTheEnd() {}

    /** A failure, unless it ended as {@code keep_alive} lets it. */
    static Step beforeReady(Life life, ExitStatus status, Context context) {
        if (!again(status, context)) {
            return end(life, status, context);
        }
        var tally = life.tally().failed(context.config().failures(), context.now());
        return backOff(life.with(tally), told(status) + " before it was ready", context);
    }

    /** A restart, at once, unless there were too many of them, or what it needs has gone too. */
    static Step ofAReadyOne(Life life, ExitStatus status, Context context) {
        if (!again(status, context)) {
            return end(life, status, context);
        }
        var tally = life.tally().restarted(context.config().restarts(), context.now());
        return unlessTooOften(life.with(tally), context, told(status));
    }

    /** The next incarnation at once, or after a pause if there were too many restarts, of which the last is counted already. */
    static Step unlessTooOften(Life life, Context context, String last) {
        var restarts = context.config().restarts();
        if (!life.tally().restartStorm(restarts)) {
            return Transitions.begin(life, context, last);
        }
        var paused = life.tally().paused();
        var pause = paused.afterStorm(context.config().backoff(), context.jitter());
        var detail = restarts.limit() + " restarts within " + seconds(restarts.within()) + "; the last: " + last;
        return new Step(
                new Life(new State.BackingOff(), paused),
                List.of(
                        new Action.Disarm(),
                        new Action.OpenIncident(Cause.RESTART_STORM, detail),
                        new Action.Arm(Alarm.BACKOFF, pause)),
                detail + NEXT_TRY + seconds(pause));
    }

    static Step notReadyInTime(Life life, Incarnation incarnation, Context context) {
        var unknown = context.pulse()
                .filter(pulse -> context.config().ready() instanceof Ready.FirstBeat && pulse.isUnknown());
        if (unknown.isPresent()) {
            return Staleness.unknown(
                    life,
                    unknown.get().complaint(context.now()),
                    Alarm.READY_TIMEOUT,
                    context.config().ready().timeout());
        }
        var tally = life.tally().failed(context.config().failures(), context.now());
        var then = context.config().keepAlive().afterFailure() ? Then.BACK_OFF : Then.END;
        var trouble = context.pulse().map(Pulse::trouble).filter(text -> !text.isEmpty());
        var reason = "not ready within " + seconds(context.config().ready().timeout())
                + trouble.map(text -> ": " + text).orElse("");
        return Transitions.terminate(life.with(tally), incarnation, then, context, reason);
    }

    /** What comes after one that was not ready in time, or stale, once nothing of it lives. */
    static Step unwellAndGone(Life life, Then then, Context context) {
        return then == Then.END
                ? ended(life, new State.Ended(new ExitStatus.Unknown(), false), "keep_alive lets it rest")
                : backOff(life, "it was not ready in time", context);
    }

    private static Step backOff(Life life, String why, Context context) {
        var tally = life.tally();
        var config = context.config();
        var pause = tally.afterFailure(config.backoff(), context.jitter());
        var actions = new ArrayList<Action>(List.of(new Action.Disarm()));
        if (tally.crashLoop(config.failures())) {
            actions.add(new Action.OpenIncident(
                    Cause.CRASH_LOOP, tally.failedInARow() + " failures in a row; the last: " + why));
        }
        actions.add(new Action.Arm(Alarm.BACKOFF, pause));
        return new Step(life.in(new State.BackingOff()), actions, why + NEXT_TRY + seconds(pause));
    }

    private static Step end(Life life, ExitStatus status, Context context) {
        return ended(
                life,
                new State.Ended(status, well(status, context.config())),
                told(status) + "; keep_alive lets it rest");
    }

    private static Step ended(Life life, State.Ended ended, String reason) {
        var actions = new ArrayList<Action>(List.of(new Action.Disarm()));
        if (ended.well()) {
            actions.add(new Action.ResolveIncident(Cause.CRASH_LOOP));
            actions.add(new Action.ResolveIncident(Cause.RESTART_STORM));
        } else {
            actions.add(new Action.OpenIncident(Cause.ENDED_BADLY, reason));
        }
        return new Step(life.in(ended), actions, reason);
    }

    /** Whether a process ended as its section says that it should. */
    static boolean well(ExitStatus status, AgentConfig config) {
        return status instanceof ExitStatus.Exited exited
                && config.successExitCodes().contains(exited.status());
    }

    /** An end that nobody saw counts as a failure of either kind. */
    private static boolean again(ExitStatus status, Context context) {
        KeepAlive rule = context.config().keepAlive();
        return switch (status) {
            case ExitStatus.Exited _ -> well(status, context.config()) ? rule.afterSuccess() : rule.afterFailure();
            case ExitStatus.Signalled _ -> rule.afterCrash();
            case ExitStatus.Unknown _ -> rule.afterFailure() || rule.afterCrash();
        };
    }

    /** Shells and env(1) report with two statuses that the program itself could not be run. */
    static String told(ExitStatus status) {
        return switch (status) {
            case ExitStatus.Exited exited ->
                switch (exited.status()) {
                    case 126 -> "exit status 126 (its program cannot be executed, see its log)";
                    case 127 -> "exit status 127 (its program was not found, see its log)";
                    default -> exited.toString();
                };
            case ExitStatus.Signalled signalled -> signalled.toString();
            case ExitStatus.Unknown unknown -> unknown + " (it ended unseen)";
        };
    }

    static String seconds(Duration duration) {
        var millis = duration.toMillis();
        return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.3g s", millis / 1000.0);
    }
}
