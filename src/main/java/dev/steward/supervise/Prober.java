package dev.steward.supervise;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Asks the probes of agents that are starting, again and again, away from the supervising thread. */
final class Prober {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final Loop loop;
    private final Executor executor;

    Prober(Loop loop, Executor executor) {
        this.loop = loop;
        this.executor = executor;
    }

    /** Until it is ready, or no longer the incarnation that is starting. */
    void begin(Agent agent) {
        if (agent.state() instanceof State.Starting starting && agent.probe.isPresent()) {
            ask(agent, starting, agent.probe.get(), FIRST_PAUSE);
        }
    }

    private void ask(Agent agent, State.Starting starting, ReadyProbe probe, Duration pause) {
        executor.execute(() -> {
            var ready = probe.check();
            loop.post(() -> {
                if (!agent.state().equals(starting)) {
                    return;
                }
                if (ready) {
                    loop.handle(agent, new Event.BecameReady());
                } else {
                    var longer = pause.multipliedBy(2);
                    var next = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
                    loop.timers().at(loop.now() + pause.toNanos(), () -> {
                        if (agent.state().equals(starting)) {
                            ask(agent, starting, probe, next);
                        }
                    });
                }
            });
        });
    }
}
