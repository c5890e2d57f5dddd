package dev.steward.supervise;

import dev.steward.posix.ExitStatus;
import dev.steward.posix.Posix;
import dev.steward.posix.Processes;
import dev.steward.posix.Signal;
import dev.steward.posix.Signals;
import dev.steward.posix.Watched;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where incarnations end: by being asked to, by being killed, or by themselves. */
final class Endings {
    private final Loop loop;
    private final Processes processes;
    private final Signals signals;
    private final MainProcesses mains;
    private final LastWords lastWords;
    private final Clearing clearing;
    private boolean hurried;

    Endings(Loop loop, Posix posix, MainProcesses mains, LastWords lastWords, Clearing clearing) {
        this.loop = loop;
        processes = posix.processes();
        signals = posix.signals();
        this.mains = mains;
        this.lastWords = lastWords;
        this.clearing = clearing;
    }

    /**
     * The end of some watched process.
     *
     * @param others asked one after the other whether it was theirs, if it was no main process
     */
    void ended(Watched process, List<Predicate<Watched>> others) {
        var main = mains.agentOf(process);
        if (main.isPresent()) {
            if (lastWords.wereHeard(main.get(), process, () -> ended(process, others))) {
                process.ended().ifPresent(status -> ended(main.get(), process, status));
            }
            return;
        }
        lastWords.forget(process);
        if (others.stream().noneMatch(other -> other.test(process))) {
            process.close();
        }
    }

    private void ended(Agent agent, Watched process, ExitStatus status) {
        agent.main = Optional.empty();
        agent.lastExit = Optional.of(AfterTheEnd.told(status) + whyReplaced(agent));
        loop.handle(agent, new Event.Exited(status));
        mains.ended(process);
        lastWords.forget(process);
    }

    /** A signal of ours says nothing of what went wrong. */
    private static String whyReplaced(Agent agent) {
        return agent.state() instanceof State.Stopping stopping && stopping.then() == State.Then.REPLACE
                ? ", replaced: " + agent.reason
                : "";
    }

    /** Asks an agent's main process to stop, and wakes it so that it hears. */
    void terminate(Agent agent) {
        agent.main.filter(Watched::alive).ifPresent(main -> {
            // Descent is lost with the parent, and may be the only trace that a process leaves.
            agent.family = processes.descendants(main.pid());
            signal(agent, main, agent.config().stop().signal());
            signal(agent, main, Signal.CONT);
        });
        if (hurried) {
            kill(agent);
        }
    }

    void kill(Agent agent) {
        agent.main.filter(Watched::alive).ifPresent(main -> signal(agent, main, Signal.KILL));
        clearing.kill(agent);
    }

    private void signal(Agent agent, Watched main, Signal signal) {
        if (agent.group.isEmpty() || !signals.group(agent.group.getAsLong(), signal)) {
            main.signal(signal);
        }
    }

    /** Kills what is being stopped, and whatever is asked to stop from now on. */
    void hurry(Iterable<Agent> agents) {
        hurried = true;
        agents.forEach(agent -> loop.handle(agent, new Event.StopTimedOut()));
    }
}
