package dev.steward.supervise;

import dev.steward.config.Heartbeat;
import dev.steward.config.Ready;
import dev.steward.config.Via;
import java.time.Duration;
import java.util.Optional;

/** What signs mean to an agent, by what its section says that it proves itself with. */
final class Meanings {
    private static final String RELOADING = "reloading";
    private static final String BEGUN = "begun";

    private final Loop loop;
    private final Heartbeats heartbeats;
    private final MainProcesses mains;

    Meanings(Loop loop, Heartbeats heartbeats, MainProcesses mains) {
        this.loop = loop;
        this.heartbeats = heartbeats;
        this.mains = mains;
    }

    /** A new incarnation, of which nothing was heard yet. */
    void begin(Agent agent, Incarnation incarnation, Optional<Pulse> pulse) {
        agent.said = "";
        agent.pulse = pulse;
        heartbeats.begin(agent, incarnation);
    }

    /** Where an agent leaves its beats was looked at. */
    void saw(Agent agent, BeatFile.Look look) {
        agent.state().running().ifPresent(running -> heartbeats.saw(agent, running, look));
    }

    /** The present incarnation of an agent said this. */
    void heard(Agent agent, Sign sign) {
        switch (sign) {
            case Sign.Beat _ -> beat(agent);
            case Sign.Ready _ -> ready(agent);
            case Sign.Begun _ -> agent.said = BEGUN;
            case Sign.Reloading _ -> agent.said = RELOADING;
            case Sign.Stopping _ -> loop.handle(agent, new Event.SaidStopping());
            case Sign.Status(var text) -> agent.said = text;
            case Sign.Extend(var by) -> loop.handle(agent, new Event.Extended(by));
            case Sign.BeatsWithin(var within) -> beatsWithin(agent, within);
            case Sign.Trigger _ -> loop.handle(agent, new Event.Triggered());
            case Sign.MainPid(var pid) -> mains.follow(agent, pid);
            case Sign.Failed(var detail) -> loop.handle(agent, new Event.SaidFailed(detail));
        }
    }

    private void beat(Agent agent) {
        if (agent.said.equals(BEGUN)) {
            agent.said = "";
        }
        // One that leaves its beats somewhere is judged by those alone.
        if (BeatPlace.of(agent.config().heartbeat()).isEmpty()) {
            heartbeats.beat(agent);
        }
    }

    private void ready(Agent agent) {
        if (agent.said.equals(RELOADING)) {
            agent.said = "";
        }
        if (agent.config().ready() instanceof Ready.Notified) {
            loop.handle(agent, new Event.BecameReady());
        }
        if (beatsByNotify(agent)) {
            heartbeats.beat(agent);
        }
    }

    private void beatsWithin(Agent agent, Duration within) {
        if (beatsByNotify(agent)) {
            agent.pulse = agent.pulse.map(pulse -> pulse.beatsWithin(within, loop.now()));
            mains.note(agent);
            // Not stale yet, so its alarm is set anew.
            loop.handle(agent, new Event.Stale());
        }
    }

    private static boolean beatsByNotify(Agent agent) {
        Optional<Via> via = agent.config().heartbeat().map(Heartbeat::via);
        return via.isPresent() && via.get() instanceof Via.Notified;
    }
}
