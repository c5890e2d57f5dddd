package dev.steward.supervise;

import dev.steward.posix.Identity;
import dev.steward.posix.Processes;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the processes of an agent, whatever they did to themselves: by their session, by the life file that they inherited,
 * by their environment, and by their descent from one that was found so. Looks at every process of the machine, so never on
 * the way to a spawn.
 */
final class Scout {
    private static final String DELETED = " (deleted)";

    private final Processes processes;
    private final String home;

    Scout(Processes processes, Path home) {
        this.processes = processes;
        this.home = home.toString();
    }

    /**
     * Whom to look for.
     *
     * @param leaders main processes, whose sessions bear their numbers
     * @param only the one incarnation that is meant; empty if all of the agent's are
     * @param spared the incarnation that is to go on; empty if none is
     */
    record Wanted(
            String agent,
            Set<Identity> leaders,
            Set<String> lifeFiles,
            Optional<String> only,
            Optional<String> spared) {}

    /** One look at the machine, good for any number of questions. Costs some 50 µs a process. */
    Census census() {
        var self = ProcessHandle.current().pid();
        var people = processes.snapshot().stream()
                .filter(process -> process.pid() != self && process.pid() != 1)
                .map(process -> {
                    var environment = processes.environment(process.pid());
                    var ours = home.equals(environment.get("STEWARD_HOME"));
                    return new Person(
                            process.identity(),
                            process.parent(),
                            process.session(),
                            ours ? environment.getOrDefault("STEWARD_AGENT", "") : "",
                            ours ? environment.getOrDefault("STEWARD_INCARNATION", "") : "",
                            named(processes.openFiles(process.pid())));
                })
                .toList();
        return new Census(people);
    }

    /** Who holds a life file that was deleted has inherited it like any other: so Linux names it in proc_pid_fd(5). */
    private static Set<String> named(Set<String> files) {
        return files.stream()
                .map(file -> file.endsWith(DELETED) ? file.substring(0, file.length() - DELETED.length()) : file)
                .collect(Collectors.toSet());
    }

    /** A process, and what tells whose it is. */
    record Person(
            Identity identity, long parent, long session, String agent, String incarnation, Set<String> openFiles) {
        long pid() {
            return identity.pid();
        }

        boolean leadsItsSession() {
            return session == pid();
        }
    }

    /** The processes of the machine at one moment. */
    record Census(List<Person> people) {
        List<Person> members(Wanted wanted) {
            var spared = new HashSet<Long>();
            var members = new HashSet<Long>();
            for (var person : people) {
                if (wanted.spared.isPresent() && person.incarnation.equals(wanted.spared.get())) {
                    spared.add(person.pid());
                } else if (belongs(person, wanted)) {
                    members.add(person.pid());
                }
            }
            addDescendants(members, spared);
            return people.stream()
                    .filter(person -> members.contains(person.pid()))
                    .toList();
        }

        private boolean belongs(Person person, Wanted wanted) {
            return inSession(person, wanted.leaders)
                    || bearsItsName(person, wanted)
                    || person.openFiles.stream().anyMatch(wanted.lifeFiles::contains);
        }

        private static boolean bearsItsName(Person person, Wanted wanted) {
            return person.agent.equals(wanted.agent)
                    && wanted.only.map(person.incarnation::equals).orElse(true);
        }

        /** A number whose first owner's session is gone may be the number of somebody else's session now. */
        private boolean inSession(Person person, Set<Identity> leaders) {
            return leaders.stream()
                    .anyMatch(leader -> leader.pid() == person.session
                            && people.stream()
                                    .filter(other -> other.pid() == leader.pid())
                                    .allMatch(other -> other.identity.equals(leader)));
        }

        private void addDescendants(Set<Long> members, Set<Long> spared) {
            var grown = true;
            while (grown) {
                grown = false;
                for (var person : people) {
                    if (members.contains(person.parent)
                            && !spared.contains(person.pid())
                            && members.add(person.pid())) {
                        grown = true;
                    }
                }
            }
        }
    }
}
