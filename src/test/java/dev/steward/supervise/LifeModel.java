package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.AgentConfig;
import dev.steward.config.Ready;
import dev.steward.posix.ExitStatus;
import dev.steward.posix.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What {@link Supervision} does with a life, without processes and without time: performs the actions of each step as the machine
 * would, and holds every step to what must never happen.
 */
final class LifeModel {
    /** How the machine answers a spawn. */
    enum SpawnAnswer {
        SPAWNED,
        REFUSED,
        BLOCKED
    }

    private final AgentConfig config;
    private final Supplier<SpawnAnswer> spawns;
    private final Map<Alarm, Long> alarms = new EnumMap<>(Alarm.class);
    private Life life = Life.NEW;
    private Optional<Incarnation> process = Optional.empty();
    private Optional<Pulse> pulse = Optional.empty();
    private boolean needsMet = true;
    private boolean clearing;
    private boolean asked;
    private boolean itself;
    private boolean probing;
    private int born;
    private long now;

    LifeModel(AgentConfig config, Supplier<SpawnAnswer> spawns) {
        this.config = config;
        this.spawns = spawns;
    }

    State state() {
        return life.state();
    }

    boolean processLives() {
        return process.isPresent();
    }

    /** How many processes there were. */
    int born() {
        return born;
    }

    void handle(Event event) {
        var step = Transitions.step(life, event, new Context(config, needsMet, now, 0.5, pulse));
        life = step.life();
        step.actions().forEach(this::perform);
        // Whoever waits is told of every change, as followUp() does.
        if (life.state() instanceof State.Waiting && needsMet) {
            handle(new Event.NeedsChanged());
        }
        check(event);
    }

    private void perform(Action action) {
        switch (action) {
            case Action.Spawn _ -> spawn();
            case Action.AwaitReady _ -> probing = true;
            case Action.Terminate _ -> asked = true;
            case Action.Kill _ -> asked = true;
            case Action.Clear _ -> {
                assertThat(clearing).as("two searches at once").isFalse();
                assertThat(process).as("a search while the main process lives").isEmpty();
                clearing = true;
            }
            case Action.Arm arm -> alarms.put(arm.alarm(), now + arm.after().toNanos());
            case Action.Extend(var alarm, var to) ->
                alarms.computeIfPresent(alarm, (_, at) -> Math.max(at, now + to.toNanos()));
            case Action.Disarm _ -> alarms.clear();
            case Action.OpenIncident open -> assertThat(open.detail()).isNotEmpty();
            case Action.ResolveIncident _ -> {}
        }
    }

    private void spawn() {
        assertThat(process).as("a second incarnation beside the first").isEmpty();
        assertThat(needsMet).as("started with what it needs").isTrue();
        assertThat(clearing).as("started while leftovers are looked for").isFalse();
        switch (spawns.get()) {
            case SPAWNED -> {
                process = Optional.of(incarnation());
                probing = false;
                asked = false;
                itself = false;
                pulse = config.heartbeat().map(_ -> Pulse.begins(now, Optional.empty()));
                handle(new Event.Spawned(process.get()));
            }
            case REFUSED -> handle(new Event.SpawnRefused("no program"));
            case BLOCKED -> handle(new Event.Blocked());
        }
    }

    private Incarnation incarnation() {
        born++;
        return new Incarnation("id-" + born, new Identity(born, born, "boot"), Instant.EPOCH, now);
    }

    /** No dead end: something is bound to happen, or nothing is to. */
    private void check(Event event) {
        var state = life.state();
        var what = "after " + event + " in " + state;
        assertThat(state.running()).as(what).isEqualTo(process);
        assertThat(clearing).as(what).isEqualTo(state instanceof State.Clearing);
        switch (state) {
            case State.Stopped _, State.Ended _ -> assertThat(alarms).as(what).isEmpty();
            case State.Waiting _ -> {
                assertThat(needsMet).as(what).isFalse();
                assertThat(alarms).as(what).isEmpty();
            }
            case State.Spawning _ -> assertThat(state).as(what + ", unanswered").isNull();
            case State.Clearing _ -> assertThat(alarms).as(what).isEmpty();
            case State.Starting _ ->
                assertThat(alarms.containsKey(Alarm.READY)
                                || ((probing || beats()) && alarms.containsKey(Alarm.READY_TIMEOUT)))
                        .as(what)
                        .isTrue();
            case State.Up _ -> assertThat(alarms).as(what).doesNotContainKeys(Alarm.STOP_TIMEOUT, Alarm.BACKOFF);
            case State.Stopping _ -> {
                assertThat(alarms).as(what).containsOnlyKeys(Alarm.STOP_TIMEOUT);
                assertThat(asked || itself)
                        .as(what + ", and nobody told the process")
                        .isTrue();
            }
            case State.BackingOff _, State.Failed _ ->
                assertThat(alarms).as(what).containsOnlyKeys(Alarm.BACKOFF);
        }
    }

    void adopt(boolean ready) {
        if (process.isEmpty()
                && !life.state().occupied()
                && !(life.state() instanceof State.BackingOff)
                && !(life.state() instanceof State.Failed)) {
            process = Optional.of(incarnation());
            pulse = config.heartbeat().map(rules -> Pulse.adopted(now, rules, Optional.empty()));
            handle(new Event.Adopted(process.get(), ready));
        }
    }

    void exit(ExitStatus status) {
        if (process.isPresent()) {
            process = Optional.empty();
            handle(new Event.Exited(status));
        }
    }

    private boolean beats() {
        return config.heartbeat().isPresent() && config.ready() instanceof Ready.FirstBeat;
    }

    /** Its process says something of itself, if there is one. */
    void say(Event.Said said) {
        if (process.isPresent()) {
            itself |= said instanceof Event.SaidStopping;
            if (said instanceof Event.Beat) {
                pulse = pulse.map(before -> before.beats(now));
            }
            handle(said);
        }
    }

    /** Its probe finds it ready; a late one, too, of an incarnation that is being stopped. */
    void answerProbe() {
        if (probing && life.state() instanceof State.Starting) {
            handle(new Event.BecameReady());
        }
    }

    void answerClear(boolean cleared) {
        if (clearing) {
            clearing = false;
            handle(cleared ? new Event.Cleared() : new Event.NotCleared("pid 7 lives on"));
        }
    }

    /** Time goes on until the next alarm, which is never in vain. */
    boolean nextAlarm() {
        var next = alarms.entrySet().stream().min(Map.Entry.comparingByValue());
        if (next.isEmpty()) {
            return false;
        }
        now = Math.max(now, next.get().getValue());
        alarms.remove(next.get().getKey());
        var before = life;
        var event = next.get().getKey().event();
        var step = Transitions.step(before, event, new Context(config, needsMet, now, 0.5, pulse));
        assertThat(!step.life().equals(before) || !step.actions().isEmpty())
                .as(event + " in " + before.state() + " does something")
                .isTrue();
        handle(event);
        return true;
    }

    void pass(Duration time) {
        now += time.toNanos();
    }

    void needs(boolean met) {
        needsMet = met;
        handle(new Event.NeedsChanged());
    }

    /** The machine answers all that is open, and time goes on, until nothing more is to come but by itself. */
    void settle() {
        for (var i = 0; i < 1_000; i++) {
            if (life.state() instanceof State.Up || life.state().equals(new State.Stopped())) {
                return;
            }
            if (clearing) {
                answerClear(true);
            } else if (life.state() instanceof State.Stopping) {
                exit(new ExitStatus.Signalled(15, false));
            } else if (probing && life.state() instanceof State.Starting) {
                answerProbe();
            } else if (beats() && life.state() instanceof State.Starting) {
                say(new Event.Beat());
            } else if (!nextAlarm()) {
                return;
            }
        }
        throw new AssertionError("no end in " + life.state());
    }
}
