package dev.steward.supervise;

import dev.steward.config.Leftovers;
import dev.steward.posix.Identity;
import dev.steward.posix.Poller;
import dev.steward.posix.Watched;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Leftovers that held no life lock, found only once the next incarnation was there already: they are ended behind it, so that
 * nobody waits for a look at the whole machine.
 */
final class Strays {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Loop loop;
    private final Poller poller;
    private final Orphanage orphanage;
    private final CensusTaker censusTaker;
    private final Set<Hunt> hunts = new HashSet<>();
    private final Set<Identity> hunted = new HashSet<>();

    Strays(Loop loop, Poller poller, Orphanage orphanage, CensusTaker censusTaker) {
        this.loop = loop;
        this.poller = poller;
        this.orphanage = orphanage;
        this.censusTaker = censusTaker;
    }

    /** Ends the orphans of earlier incarnations of agents that run. */
    void endThoseOf(Map<String, Agent> agents) {
        for (var name : orphanage.owners()) {
            var agent = agents.get(name);
            if (agent != null) {
                present(agent).ifPresent(id -> end(orphanage.leftOf(agent, id)));
            }
        }
    }

    /** Whether an orphan of an earlier incarnation is known to live. */
    boolean anythingLeftOf(Agent agent, String present) {
        return !orphanage.leftOf(agent, present).isEmpty();
    }

    /** Looks at the whole machine for what an agent's earlier incarnations left. */
    void searchFor(Agent agent) {
        present(agent).ifPresent(id -> {
            var wanted = new Scout.Wanted(agent.name(), Set.of(), Set.of(), Optional.empty(), Optional.of(id));
            censusTaker.ask(wanted, people -> {
                // Whoever was born meanwhile is no stray.
                if (present(agent).equals(Optional.of(id))) {
                    end(people.stream().map(Scout.Person::identity).toList());
                }
            });
        });
    }

    private static Optional<String> present(Agent agent) {
        return agent.config().leftovers() == Leftovers.KILL
                ? agent.state().running().map(Incarnation::id)
                : Optional.empty();
    }

    private void end(List<Identity> targets) {
        var fresh = targets.stream().filter(hunted::add).toList();
        if (fresh.isEmpty()) {
            return;
        }
        var hunt = new Hunt(loop, poller, fresh, GRACE, alive -> fresh.forEach(hunted::remove));
        if (hunt.over()) {
            fresh.forEach(hunted::remove);
        } else {
            hunts.add(hunt);
        }
    }

    /** Takes note of an end; false if it is none of these. */
    boolean ended(Watched process) {
        var known = List.copyOf(hunts).stream().anyMatch(hunt -> hunt.ended(process));
        hunts.removeIf(Hunt::over);
        return known;
    }
}
