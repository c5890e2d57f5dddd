package dev.steward.supervise;

import dev.steward.config.Heartbeat;
import java.time.Duration;

/** Sets and calls off what agents are to be woken for. */
final class Alarms {
    /** Later than this a timer comes only if this process did not run meanwhile: halted, or the machine overloaded. */
    private static final Duration LATE = Duration.ofMillis(100);

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Loop loop;
    private final Heartbeats heartbeats;
    private final Drain drain;

    /** Has all that an agent sent heard before something is done, which may be on another thread. */
    interface Drain {
        void before(String agent, Runnable then);
    }

    Alarms(Loop loop, Heartbeats heartbeats, Drain drain) {
        this.loop = loop;
        this.heartbeats = heartbeats;
        this.drain = drain;
    }

    /** In place of the same alarm that was set before. */
    void arm(Agent agent, Alarm alarm, long nanos) {
        var timer = loop.timers().at(nanos, () -> {
            agent.alarms.remove(alarm);
            if (loop.now() - nanos > LATE.toNanos() && judges(alarm)) {
                // Nobody was there to hear of it, so it was not its silence.
                arm(agent, alarm, loop.now() + grace(agent).toNanos());
            } else {
                ring(agent, alarm);
            }
        });
        var earlier = agent.alarms.put(alarm, timer);
        if (earlier != null) {
            earlier.callOff();
        }
    }

    private static boolean judges(Alarm alarm) {
        return switch (alarm) {
            case STALE, READY_TIMEOUT -> true;
            case READY, STOP_TIMEOUT, BACKOFF, SETTLED -> false;
        };
    }

    private static Duration grace(Agent agent) {
        return agent.config().heartbeat().map(Heartbeat::every).orElse(GRACE);
    }

    void extend(Agent agent, Alarm alarm, long nanos) {
        var armed = agent.alarms.get(alarm);
        if (armed != null && armed.isBefore(nanos)) {
            arm(agent, alarm, nanos);
        }
    }

    void disarm(Agent agent) {
        agent.alarms.values().forEach(Timers.Timer::callOff);
        agent.alarms.clear();
    }

    private void ring(Agent agent, Alarm alarm) {
        var running = agent.state().running();
        if (alarm == Alarm.STALE && running.isPresent()) {
            // What it has sent may still wait to be heard.
            drain.before(agent.name(), () -> loop.post(() -> heartbeats.overdue(agent, running.get())));
        } else {
            loop.handle(agent, alarm.event());
        }
    }
}
