package dev.steward.supervise;

import java.time.Duration;
import java.util.concurrent.Executor;

/** Asks the probes of agents that are starting, again and again, away from the supervising thread. */
final class Prober {
    private final Loop loop;
    private final Executor executor;

    Prober(Loop loop, Executor executor) {
        this.loop = loop;
        this.executor = executor;
    }

    /** Until it is ready, or no longer the incarnation that is starting. */
    void begin(Agent agent) {
        if (agent.state() instanceof State.Starting starting && agent.probe.isPresent()) {
            ask(agent, starting, agent.probe.get(), ProbePause.FIRST);
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
                    loop.timers().at(loop.now() + pause.toNanos(), () -> {
                        if (agent.state().equals(starting)) {
                            ask(agent, starting, probe, ProbePause.after(pause));
                        }
                    });
                }
            });
        });
    }
}
