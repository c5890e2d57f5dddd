package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Via;
import dev.steward.posix.Posix;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alarms with a clock that is turned by hand. */
class AlarmsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final HandLoop loop = new HandLoop();
    private final Clocks clocks = new Clocks(InstantSource.system(), loop::now);
    private final Alarms alarms = new Alarms(
            loop,
            new Heartbeats(loop, clocks, Runnable::run, new Lookout(Posix.glance(), BeatKeys.none())),
            (_, then) -> then.run());
    private final Agent agent = agent();

    private static Agent agent() {
        var config = Examples.agent("cls")
                .beats(new Via.Notified(), Duration.ofSeconds(10), Duration.ofSeconds(30))
                .config();
        var agent = new Agent(config, "0191");
        agent.life = Life.NEW.in(new State.Up(Examples.INCARNATION));
        return agent;
    }

    @Test
    void an_alarm_takes_the_place_of_the_same_one() {
        alarms.arm(agent, Alarm.BACKOFF, SECOND);
        alarms.arm(agent, Alarm.BACKOFF, 3 * SECOND);
        loop.turnTo(2 * SECOND);
        assertThat(loop.events).isEmpty();
        loop.turnTo(3 * SECOND);
        assertThat(loop.events).containsExactly(new Event.BackoffElapsed());
    }

    @Test
    void what_is_extended_comes_no_sooner_and_what_is_not_set_does_not_come() {
        alarms.arm(agent, Alarm.STOP_TIMEOUT, 5 * SECOND);
        alarms.extend(agent, Alarm.STOP_TIMEOUT, 3 * SECOND);
        alarms.extend(agent, Alarm.READY_TIMEOUT, SECOND);
        loop.turnTo(4 * SECOND);
        assertThat(loop.events).isEmpty();
        alarms.extend(agent, Alarm.STOP_TIMEOUT, 7 * SECOND);
        loop.turnTo(6 * SECOND);
        assertThat(loop.events).isEmpty();
        loop.turnTo(7 * SECOND);
        assertThat(loop.events).containsExactly(new Event.StopTimedOut());
    }

    @Test
    void nobody_is_judged_for_the_time_in_which_the_daemon_itself_was_halted() {
        alarms.arm(agent, Alarm.STALE, 30 * SECOND);
        loop.turnTo(300 * SECOND);
        assertThat(loop.events).isEmpty();
        loop.turnTo(310 * SECOND);
        assertThat(loop.events).containsExactly(new Event.Stale());
    }

    /** The supervising thread without a thread. */
    private static final class HandLoop implements Loop {
        private final Timers timers = new Timers();
        private final List<Event> events = new ArrayList<>();
        private long now;

        private void turnTo(long nanos) {
            now = nanos;
            timers.run(now);
        }

        @Override
        public long now() {
            return now;
        }

        @Override
        public Timers timers() {
            return timers;
        }

        @Override
        public void handle(Agent agent, Event event) {
            events.add(event);
        }

        @Override
        public void remember(Agent agent) {
            throw new UnsupportedOperationException("nothing is remembered here");
        }

        @Override
        public void post(Runnable action) {
            action.run();
        }
    }
}
