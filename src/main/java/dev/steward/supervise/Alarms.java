package dev.steward.supervise;

/** Sets and calls off what agents are to be woken for. */
final class Alarms {
    private final Loop loop;
    private final Heartbeats heartbeats;

    Alarms(Loop loop, Heartbeats heartbeats) {
        this.loop = loop;
        this.heartbeats = heartbeats;
    }

    /** In place of the same alarm that was set before. */
    void arm(Agent agent, Alarm alarm, long nanos) {
        var timer = loop.timers().at(nanos, () -> {
            agent.alarms.remove(alarm);
            ring(agent, alarm);
        });
        var earlier = agent.alarms.put(alarm, timer);
        if (earlier != null) {
            earlier.callOff();
        }
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
            heartbeats.overdue(agent, running.get());
        } else {
            loop.handle(agent, alarm.event());
        }
    }
}
