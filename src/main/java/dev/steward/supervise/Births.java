package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.posix.FileLock;
import dev.steward.posix.Identity;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings incarnations into being: takes the life lock, starts the process under it, finds out who it is. */
final class Births {
    private static final Logger LOG = LoggerFactory.getLogger(Births.class);

    private final Posix posix;
    private final Starter starter;
    private final LifeFiles lifeFiles;
    private final Clocks clocks;
    private final IncarnationIds ids;

    Births(Posix posix, Starter starter, LifeFiles lifeFiles, Clocks clocks, RandomGenerator random) {
        this.posix = posix;
        this.starter = starter;
        this.lifeFiles = lifeFiles;
        this.clocks = clocks;
        ids = new IncarnationIds(clocks.wall(), random);
    }

    /** What became of an attempt. */
    sealed interface Outcome {
        record Born(Watched process, Incarnation incarnation) implements Outcome {}

        /** Something of the agent still lives. */
        record Blocked() implements Outcome {}

        record Refused(String reason) implements Outcome {}
    }

    String newId() {
        return ids.next();
    }

    void forget(AgentConfig config) {
        starter.forget(config);
    }

    /** Tries to make the agent's next incarnation. */
    Outcome give(Agent agent) {
        var config = agent.config();
        Optional<FileLock> life;
        try {
            lifeFiles.sweep(config);
            life = lifeFiles.take(config, agent.nextIncarnation);
        } catch (IOException e) {
            return new Outcome.Refused("its life lock cannot be taken: " + e.getMessage());
        }
        if (life.isEmpty()) {
            return new Outcome.Blocked();
        }
        agent.probe = ReadyProbe.of(config);
        agent.beatBefore = BeatPlace.of(config.heartbeat()).flatMap(place -> switch (place) {
            case BeatPlace.InFile(var file) -> Stamp.of(file, LinkOption.NOFOLLOW_LINKS);
            // Redis may not hold up a birth: what was seen last has to do.
            case BeatPlace.UnderKey _ -> agent.pulse.flatMap(Pulse::seen);
        });
        try (var lock = life.get()) {
            return born(
                    agent, starter.start(config, new Starter.Birth(agent.nextIncarnation, agent.fingerprint()), lock));
        } catch (CannotStart e) {
            return new Outcome.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Without an outcome it would be starting for ever.
            LOG.error(
                    "A fault of Steward keeps {} from starting; it is tried again. Please report this.",
                    config.name(),
                    e);
            return new Outcome.Refused("a fault of Steward: " + e);
        }
    }

    /** Without the note only the record tells who it is: worth a warning, and no reason not to run. */
    void note(Agent agent, Incarnation incarnation, Proven proven) {
        try {
            lifeFiles.note(agent.config(), incarnation, agent.fingerprint(), proven);
        } catch (IOException e) {
            LOG.warn("{}: its life file cannot be written: {}", agent.name(), e.getMessage());
        }
    }

    private Outcome born(Agent agent, long pid) {
        try {
            var process = posix.poller().child(pid);
            // One that has ended already is nobody; its end is heard of next.
            var identity = posix.processes()
                    .identify(pid)
                    .orElse(new Identity(pid, 0, posix.processes().boot()));
            var incarnation = new Incarnation(
                    agent.nextIncarnation,
                    identity,
                    clocks.wall().instant(),
                    clocks.monotonic().getAsLong());
            agent.nextIncarnation = ids.next();
            note(agent, incarnation, Proven.NOTHING);
            return new Outcome.Born(process, incarnation);
        } catch (RuntimeException e) {
            // A process that cannot be watched must not run on unwatched.
            posix.signals().group(pid, Signal.KILL);
            posix.poller().bury(pid);
            return new Outcome.Refused("it cannot be watched: " + e.getMessage());
        }
    }
}
