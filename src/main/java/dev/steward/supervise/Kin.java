package dev.steward.supervise;

import dev.steward.posix.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Whose each process of the machine is, found in one pass for all agents: by its environment, by the life files that it inherited, by
 * the session of a main process that is known, and by its descent from one that was found so.
 */
final class Kin {
    private final Map<Long, Scout.Person> people = new HashMap<>();
    private final Map<Long, Set<String>> sessions = new HashMap<>();
    private final Function<String, Optional<String>> agentOfFile;
    private final Map<String, List<Scout.Person>> byAgent = new HashMap<>();

    /**
     * @param mains main processes that are known, which may have ended, and whose they are
     * @param agentOfFile whose life file a real path is
     */
    Kin(Scout.Census census, Map<Identity, String> mains, Function<String, Optional<String>> agentOfFile) {
        this.agentOfFile = agentOfFile;
        census.people().forEach(person -> people.put(person.pid(), person));
        mains.forEach(this::know);
        for (var person : census.people()) {
            for (var agent : owners(person)) {
                byAgent.computeIfAbsent(agent, _ -> new ArrayList<>()).add(person);
            }
        }
    }

    /** A number whose first owner's session is gone may be the number of somebody else's session now. */
    private void know(Identity main, String agent) {
        var present = people.get(main.pid());
        if (present == null || present.identity().equals(main)) {
            sessions.computeIfAbsent(main.pid(), _ -> new HashSet<>()).add(agent);
        }
    }

    /** What a process says itself counts for more than from whom it descends. */
    private Set<String> owners(Scout.Person person) {
        var seen = new HashSet<Long>();
        for (var who = person; who != null && seen.add(who.pid()); who = people.get(who.parent())) {
            var marks = marks(who);
            if (!marks.isEmpty()) {
                return marks;
            }
        }
        return Set.of();
    }

    private Set<String> marks(Scout.Person person) {
        var agents = new HashSet<>(sessions.getOrDefault(person.session(), Set.of()));
        if (!person.agent().isEmpty()) {
            agents.add(person.agent());
        }
        person.openFiles().forEach(file -> agentOfFile.apply(file).ifPresent(agents::add));
        return agents;
    }

    List<Scout.Person> of(String agent) {
        return byAgent.getOrDefault(agent, List.of());
    }
}
