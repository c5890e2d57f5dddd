package dev.steward.supervise;

import dev.steward.config.Configuration;
import dev.steward.posix.FileLocks;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import dev.steward.store.AgentRow;
import dev.steward.store.IncidentRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Front door of supervision: keeps the configured agents in the state that was asked for. One thread owns all of them; every
 * method may be called from any thread, and hands its work to that one.
 */
public final class Supervisor implements AutoCloseable {
    /** The supervising thread answers within milliseconds, or not at all. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(1);

    private final Lookout lookout;
    private final Supervision supervision;
    private final Journal journal;
    private final Thread thread;
    private volatile boolean goingDown;
    private volatile boolean ended;
    private volatile boolean leavesSockets;

    /**
     * @param posix its spawner and poller are used by the supervising thread alone from now on
     * @param journal where everything that happens is recorded
     */
    public Supervisor(Posix posix, Journal journal, Surroundings surroundings, Clocks clocks, RandomGenerator random) {
        this.journal = journal;
        lookout = new Lookout(Posix.glance(), surroundings.reach().keys());
        supervision = new Supervision(posix, journal, surroundings, clocks, random);
        // Never ends before the process: its children are children of this thread.
        thread = Threads.vital(supervision, "supervision");
    }

    /** What the last daemon left behind. */
    public record Memory(List<AgentRow> agents, List<IncidentRow> openIncidents) {}

    /** Adopts what runs, starts what is to run. Returns once every agent has been looked at. */
    public void begin(Configuration configuration, Memory memory) {
        thread.start();
        call(() -> {
            supervision.recover(configuration.agents(), memory);
            return true;
        });
    }

    /** The agents as they are now, in the order of the configuration. */
    public List<AgentStatus> status() {
        return call(supervision::status);
    }

    /** The same, after every place where an agent leaves its beats was looked at, on the calling thread. */
    public List<AgentStatus> freshStatus() {
        var looks = new HashMap<String, BeatFile.Look>();
        call(supervision.hearing()::beatPlaces).forEach((agent, place) -> looks.put(agent, lookout.look(place)));
        return call(() -> {
            looks.forEach(supervision.hearing()::saw);
            return supervision.status();
        });
    }

    /**
     * An incarnation said something of itself. What it says counts only as long as it is the present one. Returns at once.
     *
     * @param incarnation as its {@code STEWARD_INCARNATION} names it
     */
    public void heard(String agent, String incarnation, Sign sign) {
        supervision.post(() -> supervision.hearing().heard(agent, incarnation, sign));
    }

    /**
     * Starts agents, and what they need. What is asked for is remembered.
     *
     * @return completes when each of them is up, or cannot be for now (ended, failed, backing off, waiting for what it needs)
     * @throws UnknownAgent if one is not configured; nothing is started then
     */
    public CompletableFuture<List<AgentStatus>> start(List<String> names) {
        refuseIfGoingDown();
        return request(names, supervision.requests()::start);
    }

    /**
     * Stops agents; those that need them step aside first, and come back with them. What is asked for is remembered.
     *
     * @return completes when nothing of them lives, or what could be done was done
     * @throws UnknownAgent if one is not configured; nothing is stopped then
     */
    public CompletableFuture<List<AgentStatus>> stop(List<String> names) {
        return request(names, supervision.requests()::stop);
    }

    /**
     * Replaces the incarnations of agents, and starts those that do not run.
     *
     * @return completes as {@link #start} does, for the new incarnations
     * @throws UnknownAgent if one is not configured; nothing is restarted then
     */
    public CompletableFuture<List<AgentStatus>> restart(List<String> names) {
        refuseIfGoingDown();
        return request(names, supervision.requests()::restart);
    }

    private interface Request {
        CompletableFuture<Void> of(Collection<Agent> agents);
    }

    private CompletableFuture<List<AgentStatus>> request(List<String> names, Request request) {
        return call(() -> {
            var agents = names.stream().map(this::agent).toList();
            return request.of(agents)
                    .thenApply(_ -> supervision.status().stream()
                            .filter(status -> names.contains(status.name()))
                            .toList())
                    // Nobody is told of a wish that a crash could still undo.
                    .thenCombine(journal.sync(), (statuses, _) -> statuses);
        });
    }

    private Agent agent(String name) {
        var agent = supervision.agents().get(name);
        if (agent == null) {
            throw new UnknownAgent("There is no agent '" + name + "'; there are: "
                    + String.join(", ", supervision.agents().keySet()));
        }
        return agent;
    }

    /**
     * Sends a signal to an agent's main process.
     *
     * @return whether there was one
     * @throws UnknownAgent if it is not configured
     */
    public boolean signal(String name, Signal signal) {
        return call(() -> agent(name).main.map(main -> main.signal(signal)).orElse(false));
    }

    /** Takes up a new configuration: only agents whose section changed are touched. */
    public Reconfigured reconfigure(Configuration configuration) {
        refuseIfGoingDown();
        return call(() -> new Reconfiguration(supervision).take(configuration.agents()));
    }

    /**
     * What a new configuration did.
     *
     * @param replaced runs anew, since what its process sees has changed
     * @param adjusted goes on under new rules
     */
    public record Reconfigured(List<String> added, List<String> removed, List<String> replaced, List<String> adjusted) {
        public boolean nothing() {
            return added.isEmpty() && removed.isEmpty() && replaced.isEmpty() && adjusted.isEmpty();
        }
    }

    /**
     * Stops every agent, dependents first. This is not remembered: the next daemon starts what was to run.
     *
     * @return completes when all are at rest
     */
    public CompletableFuture<Void> down() {
        goingDown = true;
        return call(() -> supervision.requests().down());
    }

    /** Kills at once whatever is being stopped, or is from now on. For a daemon that ends. */
    public void hurry() {
        call(() -> {
            supervision.hurry();
            return true;
        });
    }

    /**
     * When this is closed, the sockets of agents are left: what they say waits in the kernel for whoever supervises them next in this
     * process, see {@link dev.steward.posix.Datagrams#leave}.
     */
    public void leavesSockets() {
        leavesSockets = true;
    }

    /** Ends supervision; agents that run go on, and the next daemon adopts them. */
    @Override
    public void close() {
        ended = true;
        var leave = leavesSockets;
        supervision.post(() -> supervision.end(leave));
        Threads.join(thread);
    }

    private void refuseIfGoingDown() {
        if (goingDown) {
            throw new GoingDown();
        }
    }

    /**
     * Processes that forked away from agents and left no trace of whose they are: neither session, nor lock, nor environment, nor a
     * parent that lives. They are left alone, and have to be told of.
     */
    public List<Long> unownedOrphans() {
        return call(supervision::unowned);
    }

    /**
     * Whether something of a home's agents lives, as far as their life locks tell.
     *
     * @param run the home's folder of locks
     */
    public static boolean anythingLives(Path run, FileLocks locks) {
        return !new LifeFiles(run, locks).living().isEmpty();
    }

    /** Has something done on the supervising thread, and waits for it. */
    private <T> T call(Supplier<T> action) {
        if (ended) {
            throw new GoingDown();
        }
        var answer = new CompletableFuture<T>();
        supervision.post(() -> {
            try {
                answer.complete(action.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.orTimeout(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
