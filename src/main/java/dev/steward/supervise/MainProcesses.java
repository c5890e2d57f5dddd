package dev.steward.supervise;

import dev.steward.posix.Identity;
import dev.steward.posix.Posix;
import dev.steward.posix.Watched;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main processes: which agent each is of, which group is signalled with it, and what happens when an agent names another. */
final class MainProcesses {
    private static final Logger LOG = LoggerFactory.getLogger(MainProcesses.class);

    private final Loop loop;
    private final Posix posix;
    private final Births births;
    private final LongConsumer chosen;
    private final Map<Watched, Agent> mains = new HashMap<>();
    private final Set<Long> pids = new HashSet<>();
    /** Those that handed over, by pid, until they end or are named again: somebody has to wait for them. */
    private final Map<Long, Watched> former = new HashMap<>();

    /** @param chosen told of the pid of a process that somebody else may have watched until now */
    MainProcesses(Loop loop, Posix posix, Births births, LongConsumer chosen) {
        this.loop = loop;
        this.posix = posix;
        this.births = births;
        this.chosen = chosen;
    }

    /** A process that leads its session became an agent's main one. */
    void begin(Agent agent, Watched process) {
        take(agent, process, process.pid(), OptionalLong.of(process.pid()));
    }

    /** A process that was there before became an agent's main one; it may have been handed over to, and lead nothing. */
    void adopt(Agent agent, Watched process) {
        var session = posix.processes().session(process.pid()).orElse(process.pid());
        take(
                agent,
                process,
                session,
                session == process.pid() ? OptionalLong.of(session) : groupIn(session, process.pid()));
    }

    private void take(Agent agent, Watched process, long session, OptionalLong group) {
        chosen.accept(process.pid());
        agent.main = Optional.of(process);
        agent.session = session;
        agent.group = group;
        mains.put(process, agent);
        pids.add(process.pid());
    }

    /** Only the session's own group is signalled as one, and only while the main process is in it: so it is nobody else's. */
    private OptionalLong groupIn(long session, long pid) {
        return posix.processes()
                        .find(pid)
                        .filter(process -> process.group() == session)
                        .isPresent()
                ? OptionalLong.of(session)
                : OptionalLong.empty();
    }

    /** Another process of the present session is the main one from now on. */
    void follow(Agent agent, long pid) {
        var running = agent.state().running();
        var main = agent.main;
        if (running.isEmpty() || main.isEmpty() || main.get().pid() == pid) {
            return;
        }
        var identity = posix.processes().identify(pid);
        if (identity.isEmpty() || !posix.processes().session(pid).equals(OptionalLong.of(agent.session))) {
            LOG.debug("{}: MAINPID={} is not a process of its session", agent.name(), pid);
            agent.said = "MAINPID=" + pid + ", which is not a process of its session";
            return;
        }
        watched(identity.get()).ifPresent(process -> {
            forget(main.get());
            former.put(main.get().pid(), main.get());
            take(agent, process, agent.session, groupIn(agent.session, pid));
            var next = running.get().of(identity.get());
            agent.last = Optional.of(next);
            births.note(agent, next, agent.proven());
            loop.handle(agent, new Event.MainChanged(next));
        });
    }

    /** What an agent has proven is to outlast this daemon. */
    void note(Agent agent) {
        agent.state().running().ifPresent(running -> births.note(agent, running, agent.proven()));
    }

    private Optional<Watched> watched(Identity identity) {
        var known = Optional.ofNullable(former.remove(identity.pid()));
        return known.isPresent() ? known : posix.poller().adopt(identity);
    }

    /** The agent whose main process that is. */
    Optional<Agent> agentOf(Watched process) {
        return Optional.ofNullable(mains.get(process));
    }

    boolean isMain(long pid) {
        return pids.contains(pid);
    }

    /** It has ended, and its end was taken. */
    void ended(Watched process) {
        forget(process);
        process.close();
    }

    private void forget(Watched process) {
        mains.remove(process);
        pids.remove(process.pid());
    }

    /** Whether it was one that had handed over; then its end is taken, and nothing else comes of it. */
    boolean endedBefore(Watched process) {
        if (!process.equals(former.get(process.pid()))) {
            return false;
        }
        if (process.ended().isPresent()) {
            former.remove(process.pid());
            process.close();
        }
        return true;
    }
}
