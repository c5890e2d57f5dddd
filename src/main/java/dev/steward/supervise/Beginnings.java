package dev.steward.supervise;

import dev.steward.config.Leftovers;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where incarnations begin, for this daemon: by a spawn, or by adoption. */
final class Beginnings {
    private static final Logger LOG = LoggerFactory.getLogger(Beginnings.class);

    private final Loop loop;
    private final Births births;
    private final MainProcesses mains;
    private final Hearing hearing;
    private final Strays strays;

    Beginnings(Loop loop, Births births, MainProcesses mains, Hearing hearing, Strays strays) {
        this.loop = loop;
        this.births = births;
        this.mains = mains;
        this.hearing = hearing;
        this.strays = strays;
    }

    /** Tries to make an agent's next incarnation, by the section as it is now, and says what came of it. */
    void spawn(Agent agent) {
        agent.renew();
        loop.handle(agent, born(agent));
        if (agent.adopted && agent.main.isPresent()) {
            agent.adopted = false;
            strays.searchFor(agent);
        }
    }

    private Event born(Agent agent) {
        try {
            hearing.open(agent);
        } catch (IOException e) {
            // It would speak to nobody.
            return new Event.SpawnRefused(String.valueOf(e.getMessage()));
        }
        if (agent.config().leftovers() == Leftovers.KILL && strays.anythingLeftOf(agent, agent.nextIncarnation)) {
            return new Event.Blocked();
        }
        return switch (births.give(agent)) {
            case Births.Outcome.Born born -> {
                mains.begin(agent, born.process());
                var pulse = agent.config().heartbeat().map(_ -> Pulse.begins(loop.now(), agent.beatBefore));
                follow(agent, born.incarnation(), pulse);
                yield new Event.Spawned(born.incarnation());
            }
            case Births.Outcome.Blocked _ -> new Event.Blocked();
            case Births.Outcome.Refused refused -> new Event.SpawnRefused(refused.reason());
        };
    }

    /** Takes up a main process that was there before. */
    void adopt(Agent agent, Watched process, Incarnation incarnation, Proven proven) {
        mains.adopt(agent, process);
        try {
            hearing.openAgain(agent, incarnation);
        } catch (IOException e) {
            LOG.error("{} is not heard: {}", agent.name(), e.getMessage());
        }
        follow(
                agent,
                incarnation,
                agent.config().heartbeat().map(rules -> Pulse.adopted(loop.now(), rules, proven.within())));
    }

    private void follow(Agent agent, Incarnation incarnation, Optional<Pulse> pulse) {
        agent.begins(incarnation);
        agent.family = List.of();
        hearing.begin(agent, incarnation, pulse);
    }
}
