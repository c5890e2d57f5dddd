package dev.steward.supervise;

import dev.steward.posix.Posix;
import dev.steward.posix.Watched;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Main processes: which agent each is of, which group is signalled with it, and what happens when an agent names another. */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final Loop loop;
    private final Posix posix;
    private final Births births;
    private final Map<Watched, Agent> mains = new HashMap<>();
    /** Those that handed over, until they end: somebody has to wait for them. */
    private final Map<Watched, Agent> former = new HashMap<>();

    Succession(Loop loop, Posix posix, Births births) {
        this.loop = loop;
        this.posix = posix;
        this.births = births;
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
        agent.main = Optional.of(process);
        agent.session = session;
        agent.group = group;
        mains.put(process, agent);
    }

    /** Only the session's own group is signalled as one, and only while the main process is in it: so it is nobody else's. */
    private OptionalLong groupIn(long session, long pid) {
        return posix.processes().snapshot().stream()
                .filter(process -> process.pid() == pid && process.group() == session)
                .mapToLong(_ -> session)
                .findFirst();
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
            LOG.warn("{}: MAINPID={} is not a process of its session; ignored", agent.name(), pid);
            return;
        }
        posix.poller().adopt(identity.get()).ifPresent(process -> {
            mains.remove(main.get());
            former.put(main.get(), agent);
            take(agent, process, agent.session, groupIn(agent.session, pid));
            var next = running.get().of(identity.get());
            agent.last = Optional.of(next);
            births.note(agent, next, agent.fingerprint());
            loop.handle(agent, new Event.MainChanged(next));
        });
    }

    /** The agent whose main process that is. */
    Optional<Agent> agentOf(Watched process) {
        return Optional.ofNullable(mains.get(process));
    }

    /** It has ended, and its end was taken. */
    void ended(Watched process) {
        mains.remove(process);
        process.close();
    }

    /** Whether it was one that had handed over; then its end is taken, and nothing else comes of it. */
    boolean endedBefore(Watched process) {
        if (!former.containsKey(process)) {
            return false;
        }
        if (process.ended().isPresent()) {
            former.remove(process);
            process.close();
        }
        return true;
    }
}
