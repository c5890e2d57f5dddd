package dev.steward.posix;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What the kernel tells of the machine's processes. Thread-safe. */
public interface Processes {
    /** This boot's id: pids and start times mean something within one boot only. */
    String boot();

    /** Who has this pid now; empty if nobody, or a zombie. */
    Optional<Identity> identify(long pid);

    /** Whether that very process lives; a zombie is dead. */
    default boolean lives(Identity identity) {
        return identify(identity.pid()).filter(identity::equals).isPresent();
    }

    /** How long ago a process of this boot was started, whatever became of the wall clock; empty if the system does not tell. */
    default Optional<Duration> age(Identity identity) {
        return Optional.empty();
    }

    /** The session of a living process. */
    OptionalLong session(long pid);

    /** A process and where it belongs, also one that has ended and was not waited for; empty if its pid is nobody's. */
    Optional<ProcessInfo> find(long pid);

    /** Every living process of this machine that may be looked at. */
    List<ProcessInfo> snapshot();

    /** The environment that a process was started with, or has overwritten; empty where it may not be read. */
    Map<String, String> environment(long pid);

    /** The real paths of the files that a process has open; empty where they may not be read. */
    Set<String> openFiles(long pid);

    /** Every living descendant of a process, at this moment. */
    default List<Identity> descendants(long pid) {
        var everybody = snapshot();
        var found = new ArrayList<Identity>();
        var parents = new ArrayDeque<>(List.of(pid));
        while (!parents.isEmpty()) {
            var parent = parents.remove();
            for (var process : everybody) {
                if (process.parent() == parent) {
                    found.add(process.identity());
                    parents.add(process.pid());
                }
            }
        }
        return found;
    }

    /** The orphans that this process inherited as a subreaper, without those that it started itself. */
    List<Long> orphans();

    /** A process as {@code ps} would show it. */
    record ProcessInfo(Identity identity, long parent, long group, long session) {
        public long pid() {
            return identity.pid();
        }
    }
}
