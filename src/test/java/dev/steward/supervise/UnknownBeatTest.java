package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.AgentConfig;
import dev.steward.config.Heartbeat;
import dev.steward.config.Heartbeat.OnStale;
import dev.steward.config.Ready;
import dev.steward.config.Via;
import dev.steward.supervise.BeatFile.Look;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Redis is away, and beats are kept there. */
class UnknownBeatTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Heartbeat RULES = new Heartbeat(
            new Via.Stored("agents:cls"), Duration.ofSeconds(10), Duration.ofSeconds(30), OnStale.RESTART);
    private static final Look AWAY = new Look.Unknown("key cannot be read: Redis does not answer");
    private static final Look NONE = new Look.Nothing("key is not there");
    private static final Pulse NEW = Pulse.begins(0, Optional.empty());

    private static Pulse.Moment after(long seconds) {
        var passed = Duration.ofSeconds(seconds);
        return new Pulse.Moment(Examples.INCARNATION, Instant.EPOCH.plus(passed), passed.toNanos());
    }

    private static Look beat(long at) {
        var time = Instant.ofEpochSecond(at);
        return new Look.Found(time, OptionalLong.of(at), Optional.empty(), new Stamp("key", FileTime.from(time), at));
    }

    private static Step step(State state, Event event, Pulse pulse, long seconds) {
        AgentConfig config = Examples.agent("cls")
                .heartbeat(RULES)
                .ready(new Ready.FirstBeat(TIMEOUT))
                .config();
        var context = new Context(config, true, Duration.ofSeconds(seconds).toNanos(), 0.5, Optional.of(pulse));
        return Transitions.step(Life.NEW.in(state), event, context);
    }

    private static Step overdue(Pulse pulse, long seconds) {
        return step(new State.Up(Examples.INCARNATION), new Event.Stale(), pulse, seconds);
    }

    @Test
    void it_is_an_incident_and_no_reason_to_replace_the_agent() {
        var step = overdue(NEW.saw(beat(5), after(5)).saw(AWAY, after(15)).saw(AWAY, after(35)), 36);

        assertThat(step.life().state()).isEqualTo(new State.Up(Examples.INCARNATION));
        assertThat(step.actions())
                .containsExactly(
                        new Action.OpenIncident(
                                Cause.STALE_HEARTBEAT,
                                "no heartbeat for 31.0 s: its heartbeat key cannot be read: Redis does not answer"),
                        new Action.Arm(Alarm.STALE, RULES.every()));
    }

    @Test
    void when_redis_is_back_there_is_time_for_one_more_beat() {
        var back = NEW.saw(beat(5), after(5)).saw(AWAY, after(35)).saw(beat(5), after(60));

        assertThat(overdue(back, 61).actions()).containsExactly(new Action.Arm(Alarm.STALE, Duration.ofSeconds(29)));
        assertThat(overdue(back.saw(NONE, after(70)), 90).life().state()).isInstanceOf(State.Stopping.class);
    }

    @Test
    void also_when_redis_is_back_and_empty() {
        var back = NEW.saw(beat(5), after(5)).saw(AWAY, after(35)).saw(NONE, after(60));

        assertThat(overdue(back, 89).life().state()).isInstanceOf(State.Up.class);
        var step = overdue(back, 90);
        assertThat(step.life().state()).isInstanceOf(State.Stopping.class);
        assertThat(step.reason()).isEqualTo("no heartbeat for 30.0 s: its heartbeat key is not there");
    }

    @Test
    void a_beat_that_came_meanwhile_counts_from_its_own_time_on() {
        var back = NEW.saw(beat(5), after(5)).saw(AWAY, after(35)).saw(beat(55), after(60));

        assertThat(back.beats()).isEqualTo(2);
        assertThat(overdue(back, 60).actions()).containsExactly(new Action.Arm(Alarm.STALE, Duration.ofSeconds(25)));
    }

    @Test
    void one_that_starts_is_not_ended_for_it_either() {
        var state = new State.Starting(Examples.INCARNATION);
        var step = step(state, new Event.ReadyTimedOut(), NEW.saw(AWAY, after(19)), 20);

        assertThat(step.life().state()).isEqualTo(state);
        assertThat(step.actions()).contains(new Action.Arm(Alarm.READY_TIMEOUT, TIMEOUT));
        var late =
                step(state, new Event.ReadyTimedOut(), NEW.saw(AWAY, after(19)).saw(NONE, after(39)), 40);
        assertThat(late.life().state()).isInstanceOf(State.Stopping.class);
    }
}
