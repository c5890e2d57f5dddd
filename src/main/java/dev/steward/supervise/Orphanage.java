package dev.steward.supervise;

import dev.steward.posix.Identity;
import dev.steward.posix.Poller;
import dev.steward.posix.Processes;
import dev.steward.posix.Watched;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/**
 * The processes that forked away from agents. The kernel makes this daemon their parent, so none is overlooked, and they are
 * buried here when they end.
 */
final class Orphanage {
    private final Poller poller;
    private final Processes processes;
    private final String home;
    private final LongFunction<Optional<Agent>> bySession;
    private final LongPredicate isMain;
    private final Map<Long, Orphan> orphans = new HashMap<>();

    /**
     * @param bySession the agent whose main process has, or last had, that pid
     * @param isMain whether a process is an agent's main one: a child of this process too, and buried elsewhere
     */
    Orphanage(
            Poller poller,
            Processes processes,
            String home,
            LongFunction<Optional<Agent>> bySession,
            LongPredicate isMain) {
        this.poller = poller;
        this.processes = processes;
        this.home = home;
        this.bySession = bySession;
        this.isMain = isMain;
    }

    /**
     * One of them.
     *
     * @param identity empty if it is gone, or a guard or a handler of a work order, which nobody has to be told of
     * @param agent whose it is; empty if nothing tells
     * @param incarnation which it came from; empty if nothing tells
     */
    record Orphan(Watched process, Optional<Identity> identity, String agent, String incarnation) {}

    /** Takes in those that are new. Costs one small read if there are none. */
    void look() {
        for (var pid : processes.orphans()) {
            if (!orphans.containsKey(pid) && !isMain.test(pid)) {
                orphans.put(pid, take(pid));
            }
        }
    }

    /** It became an agent's main process. */
    void release(long pid) {
        var orphan = orphans.remove(pid);
        if (orphan != null) {
            orphan.process.close();
        }
    }

    private Orphan take(long pid) {
        var process = poller.child(pid);
        var environment = processes.environment(pid);
        if (environment.containsKey(Surroundings.GUARD) || environment.containsKey(Surroundings.WORKER)) {
            return new Orphan(process, Optional.empty(), "", "");
        }
        if (home.equals(environment.get("STEWARD_HOME"))) {
            return new Orphan(
                    process,
                    processes.identify(pid),
                    environment.getOrDefault("STEWARD_AGENT", ""),
                    environment.getOrDefault("STEWARD_INCARNATION", ""));
        }
        // By now its agent may have another incarnation already.
        var session = processes.session(pid);
        var agent = session.isPresent() ? bySession.apply(session.getAsLong()) : Optional.<Agent>empty();
        return new Orphan(
                process,
                processes.identify(pid),
                agent.map(Agent::name).orElse(""),
                agent.map(known -> known.sessions.get(session.getAsLong())).orElse(""));
    }

    List<Orphan> of(Agent agent) {
        return orphans.values().stream()
                .filter(orphan -> orphan.agent.equals(agent.name()))
                .toList();
    }

    /** Those of which nothing tells whose they are. */
    List<Long> unowned() {
        return orphans.values().stream()
                .filter(orphan -> orphan.agent.isEmpty()
                        && orphan.identity.filter(processes::lives).isPresent())
                .map(orphan -> orphan.process.pid())
                .toList();
    }

    /** Names of the agents that have orphans. */
    Set<String> owners() {
        return orphans.values().stream().map(Orphan::agent).collect(Collectors.toSet());
    }

    /** Those that came from another incarnation than the present one. */
    List<Identity> leftOf(Agent agent, String present) {
        return of(agent).stream()
                .filter(orphan -> !orphan.incarnation.equals(present))
                .flatMap(orphan -> orphan.identity.stream())
                .toList();
    }

    /** Takes note of an end, and buries; false if it is no orphan. */
    boolean ended(Watched process) {
        var orphan = orphans.get(process.pid());
        if (orphan == null || !orphan.process.equals(process)) {
            return false;
        }
        if (process.ended().isPresent()) {
            orphans.remove(process.pid());
            process.close();
        }
        return true;
    }
}
