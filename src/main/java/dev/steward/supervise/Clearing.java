package dev.steward.supervise;

import dev.steward.config.Leftovers;
import dev.steward.posix.Identity;
import dev.steward.posix.Posix;
import dev.steward.posix.UnsupportedSystem;
import dev.steward.posix.Watched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes sure that nothing of an ended incarnation lives: looks, ends what it finds, and looks again. If the lock is free and no
 * orphan is known, which is nearly always so, that is known at once.
 */
final class Clearing {
    /** How often one that forks as fast as it is killed is chased before somebody is told. */
    private static final int ROUNDS = 5;

    private static final Duration LONGEST_GRACE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Loop loop;
    private final Posix posix;
    private final LifeFiles lifeFiles;
    private final CensusTaker censusTaker;
    private final Orphanage orphans;
    private final Map<Agent, Hunt> hunts = new HashMap<>();

    Clearing(Loop loop, Posix posix, LifeFiles lifeFiles, CensusTaker censusTaker, Orphanage orphans) {
        this.loop = loop;
        this.posix = posix;
        this.lifeFiles = lifeFiles;
        this.censusTaker = censusTaker;
        this.orphans = orphans;
    }

    /** Answers with {@code Cleared} or {@code NotCleared}; nothing more is done if the agent has left the state by then. */
    void begin(Agent agent) {
        orSay(agent, () -> {
            if (nothingToLookFor(agent) || (!agent.adopted && nothingKnown(agent))) {
                loop.handle(agent, new Event.Cleared());
            } else {
                search(agent, 0);
            }
        });
    }

    /** Without an answer the agent would be stopping for ever; what the system refuses now it may grant later. */
    private void orSay(Agent agent, Runnable step) {
        try {
            step.run();
        } catch (UnsupportedSystem e) {
            giveUp(agent, "what is left of it cannot be looked at: " + e.getMessage());
        }
    }

    /** Of kept leftovers those of the last incarnation alone are ended, and nobody knows of one. */
    private static boolean nothingToLookFor(Agent agent) {
        return agent.config().leftovers() == Leftovers.KEEP && agent.last.isEmpty();
    }

    private boolean nothingKnown(Agent agent) {
        orphans.look();
        return files(agent).stream().allMatch(lifeFiles::free)
                && orphans.of(agent).isEmpty()
                && family(agent).isEmpty();
    }

    /** What descended from its main process when that was asked to stop, and still lives. */
    private List<Identity> family(Agent agent) {
        return agent.family.stream().filter(posix.processes()::lives).toList();
    }

    /** Kills what is being ended. */
    void kill(Agent agent) {
        var hunt = hunts.get(agent);
        if (hunt != null) {
            hunt.kill();
        }
    }

    /** Takes note of an end; false if nobody looked for it. */
    boolean ended(Watched process) {
        return List.copyOf(hunts.values()).stream().anyMatch(hunt -> hunt.ended(process));
    }

    private void search(Agent agent, int round) {
        censusTaker.ask(wanted(agent), people -> {
            if (agent.state() instanceof State.Clearing) {
                orSay(agent, () -> found(agent, round, people));
            }
        });
    }

    private void found(Agent agent, int round, List<Scout.Person> people) {
        var targets = new LinkedHashSet<Identity>();
        people.forEach(person -> targets.add(person.identity()));
        targets.addAll(family(agent));
        if (targets.isEmpty()) {
            if (files(agent).stream().allMatch(lifeFiles::free)) {
                agent.adopted = false;
                loop.handle(agent, new Event.Cleared());
            } else {
                giveUp(agent, "a process that cannot be looked at holds " + files(agent));
            }
            return;
        }
        if (round >= ROUNDS) {
            giveUp(
                    agent,
                    "it forks faster than it can be killed: "
                            + targets.stream().map(Identity::pid).toList());
            return;
        }
        var grace = round == 0 ? grace(agent) : Duration.ZERO;
        var hunt = new Hunt(loop, posix.poller(), List.copyOf(targets), grace, alive -> hunted(agent, round, alive));
        hunts.put(agent, hunt);
        if (hunt.over()) {
            hunted(agent, round, List.of());
        }
    }

    private void hunted(Agent agent, int round, List<Long> alive) {
        hunts.remove(agent);
        if (!(agent.state() instanceof State.Clearing)) {
            return;
        }
        if (alive.isEmpty()) {
            search(agent, round + 1);
        } else {
            giveUp(
                    agent,
                    "pid " + alive.stream().map(Object::toString).collect(Collectors.joining(", "))
                            + " lives on after SIGKILL");
        }
    }

    /** Said after a pause, for what cannot be ended is tried again. */
    private void giveUp(Agent agent, String whatLives) {
        loop.timers().at(loop.now() + PAUSE.toNanos(), () -> {
            if (agent.state() instanceof State.Clearing) {
                loop.handle(agent, new Event.NotCleared(whatLives));
            }
        });
    }

    private static Duration grace(Agent agent) {
        var timeout = agent.config().stop().timeout();
        return timeout.compareTo(LONGEST_GRACE) < 0 ? timeout : LONGEST_GRACE;
    }

    /** Kept leftovers are not looked for: only the last incarnation is. */
    private Scout.Wanted wanted(Agent agent) {
        var leaders = agent.last.map(Incarnation::identity).map(Set::of).orElse(Set.of());
        var only = agent.config().leftovers() == Leftovers.KEEP
                ? agent.last.map(Incarnation::id)
                : Optional.<String>empty();
        var files = files(agent).stream().map(LifeFiles::real).collect(Collectors.toSet());
        return new Scout.Wanted(agent.name(), leaders, files, only, Optional.empty());
    }

    private List<Path> files(Agent agent) {
        return switch (agent.config().leftovers()) {
            case KILL -> lifeFiles.all(agent.name());
            case KEEP ->
                agent.last
                        .map(incarnation -> List.of(lifeFiles.of(agent.config(), incarnation.id())))
                        .orElse(List.of());
        };
    }
}
