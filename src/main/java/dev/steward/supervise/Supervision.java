package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.posix.Posix;
import dev.steward.posix.Watched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The supervising thread: waits for ends, alarms and requests, asks {@link Transitions} what they mean, and does it. All agents
 * are confined to it.
 */
final class Supervision implements Loop, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);
    private static final Duration ORPHANS_EVERY = Duration.ofSeconds(10);

    private final Posix posix;
    private final Journal journal;
    private final Surroundings surroundings;
    private final Clocks clocks;
    private final RandomGenerator random;
    private final LifeFiles lifeFiles;
    private final Scout scout;
    private final Births births;
    private final Orphanage orphanage;
    private final Clearing clearing;
    private final Strays strays;
    private final Prober prober;
    private final MainProcesses mains;
    private final Hearing hearing;
    private final Alarms alarms;
    private final Beginnings beginnings;
    private final Endings endings;
    private final Timers timers = new Timers();
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final Needs needs = new Needs(agents);
    private final Requests requests = new Requests(this, needs, agents);
    /** Whose the end of a process may be that is no agent's main one. */
    private final List<Predicate<Watched>> others;

    private boolean changed;
    private boolean over;

    Supervision(Posix posix, Journal journal, Surroundings surroundings, Clocks clocks, RandomGenerator random) {
        this.posix = posix;
        this.journal = journal;
        this.surroundings = surroundings;
        this.clocks = clocks;
        this.random = random;
        Executor aside = Thread::startVirtualThread;
        lifeFiles = new LifeFiles(surroundings.run(), posix.locks());
        scout = new Scout(posix.processes(), surroundings.home());
        births = new Births(posix, new Starter(posix.spawner(), surroundings), lifeFiles, clocks, random);
        orphanage = new Orphanage(
                posix.poller(), posix.processes(), surroundings.home().toString(), this::bySession, this::isMain);
        var censusTaker = new CensusTaker(this, scout, aside);
        clearing = new Clearing(this, posix, lifeFiles, censusTaker, orphanage);
        strays = new Strays(this, posix.poller(), orphanage, censusTaker);
        prober = new Prober(this, aside);
        mains = new MainProcesses(this, posix, births, orphanage::release);
        var heartbeats = new Heartbeats(
                this,
                clocks,
                aside,
                new Lookout(Posix.glance(), surroundings.reach().keys()));
        hearing = new Hearing(this, agents, surroundings, posix, new Meanings(this, heartbeats, mains));
        alarms = new Alarms(this, heartbeats, hearing::drain);
        beginnings = new Beginnings(this, births, mains, hearing, strays);
        endings = new Endings(this, posix, mains, new LastWords(this, hearing), clearing);
        others = List.of(mains::endedBefore, clearing::ended, strays::ended, orphanage::ended);
    }

    Map<String, Agent> agents() {
        return agents;
    }

    Needs needs() {
        return needs;
    }

    Requests requests() {
        return requests;
    }

    Hearing hearing() {
        return hearing;
    }

    Beginnings beginnings() {
        return beginnings;
    }

    Births births() {
        return births;
    }

    Posix posix() {
        return posix;
    }

    Clocks clocks() {
        return clocks;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Start-up is recovery. Looks at the whole machine once. */
    void recover(Map<String, AgentConfig> configured, Supervisor.Memory memory) {
        new Recovery(this, lifeFiles, scout.census(), memory).begin(configured);
    }

    /** Until {@link #end}. */
    @Override
    public void run() {
        timers.at(now() + ORPHANS_EVERY.toNanos(), this::visitOrphans);
        while (!over) {
            var ended = posix.poller().await(posted.isEmpty() ? timers.millisUntilNext(now()) : 0);
            for (var process : ended) {
                safely(() -> endings.ended(process, others));
            }
            if (!ended.isEmpty()) {
                safely(this::lookForOrphans);
            }
            safely(() -> timers.run(now()));
            for (var action = posted.poll(); action != null; action = posted.poll()) {
                safely(action);
            }
            if (!over) {
                safely(this::followUp);
            }
            journal.flush();
        }
    }

    /** What agents said until now is still acted upon, but that nothing is started: the next one does that. */
    void end(boolean leaveSockets) {
        over = true;
        hearing.end(leaveSockets);
    }

    /** A fault with one agent is no reason to leave the others alone. */
    private static void safely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("A fault in supervision; it goes on. Please report this.", e);
        }
    }

    private void lookForOrphans() {
        orphanage.look();
        strays.endThoseOf(agents);
    }

    private void visitOrphans() {
        lookForOrphans();
        timers.at(now() + ORPHANS_EVERY.toNanos(), this::visitOrphans);
    }

    private boolean isMain(long pid) {
        return mains.isMain(pid);
    }

    private Optional<Agent> bySession(long session) {
        return agents.values().stream()
                .filter(agent -> agent.sessions.containsKey(session))
                .findFirst();
    }

    /** What a change means for others: those that wait, those that were asked to stop, and those that are to go. */
    private void followUp() {
        while (changed) {
            changed = false;
            for (var agent : List.copyOf(agents.values())) {
                if (agent.state() instanceof State.Waiting) {
                    handle(agent, new Event.NeedsChanged());
                }
            }
            requests.advance();
            for (var agent : List.copyOf(agents.values())) {
                if (agent.removed && agent.atRest()) {
                    agents.remove(agent.name());
                    hearing.close(agent.name());
                    births.forget(agent.config());
                    lifeFiles.forget(agent.name());
                    agent.incidents.forEach(cause -> resolve(agent.name(), cause));
                    journal.forget(agent.name());
                }
            }
        }
    }

    @Override
    public long now() {
        return clocks.monotonic().getAsLong();
    }

    @Override
    public Timers timers() {
        return timers;
    }

    @Override
    public void post(Runnable action) {
        posted.add(action);
        posix.poller().wake();
    }

    @Override
    public void remember(Agent agent) {
        journal.remember(agent);
    }

    @Override
    public void handle(Agent agent, Event event) {
        var context = new Context(agent.wanted(), needs.met(agent), now(), random.nextDouble(), agent.pulse);
        var before = agent.state();
        var step = Transitions.step(agent.life, event, context);
        agent.life = step.life();
        var after = agent.state();
        if (!after.equals(before)) {
            changed = true;
            agent.underway = Optional.of(
                    agent.underway.orElse(Agent.Underway.since(before)).then(step.reason()));
        }
        for (var action : step.actions()) {
            perform(agent, action);
        }
        if (after instanceof State.Up && !(before instanceof State.Up)) {
            mains.note(agent);
        }
        if (!after.equals(before) && agent.state().equals(after)) {
            record(agent);
        }
    }

    /**
     * What was over before anybody could see it, such as a process on its way, is no news of its own: what led to it is told with
     * what came of it.
     */
    private void record(Agent agent) {
        agent.underway.filter(way -> way.isNews(agent.state())).ifPresent(way -> {
            agent.underway = Optional.empty();
            agent.reason = way.reason().isEmpty() ? plainly(agent.state()) : way.reason();
            journal.transition(agent, way.from(), clocks.wall().instant(), now());
        });
    }

    /** What a state says by itself, where nothing led to it but the one before. */
    private static String plainly(State state) {
        return switch (state) {
            case State.Starting _ -> "its process is there";
            case State.Stopped _ -> "nothing of it lives";
            case State.Waiting _,
                    State.Spawning _,
                    State.Clearing _,
                    State.Up _,
                    State.Stopping _,
                    State.BackingOff _,
                    State.Ended _,
                    State.Failed _ -> "";
        };
    }

    private void perform(Agent agent, Action action) {
        switch (action) {
            case Action.Spawn _ -> beginnings.spawn(agent);
            case Action.AwaitReady _ -> prober.begin(agent);
            case Action.Terminate _ -> endings.terminate(agent);
            case Action.Kill _ -> endings.kill(agent);
            case Action.Clear _ -> clearing.begin(agent);
            case Action.Arm arm ->
                alarms.arm(agent, arm.alarm(), now() + arm.after().toNanos());
            case Action.Extend extend ->
                alarms.extend(agent, extend.alarm(), now() + extend.to().toNanos());
            case Action.Disarm _ -> alarms.disarm(agent);
            case Action.OpenIncident open -> {
                var isNew = agent.incidents.add(open.cause());
                journal.opened(
                        agent.name(),
                        open.cause(),
                        open.detail(),
                        isNew,
                        clocks.wall().instant());
            }
            case Action.ResolveIncident resolve -> {
                if (agent.incidents.remove(resolve.cause())) {
                    journal.resolved(
                            agent.name(), resolve.cause(), clocks.wall().instant());
                }
            }
        }
    }

    /** Kills what is being stopped, and whatever is asked to stop from now on. */
    void hurry() {
        endings.hurry(List.copyOf(agents.values()));
    }

    /** Takes up an agent that the configuration names. */
    Agent add(AgentConfig config, String nextIncarnation) {
        var agent = new Agent(config, nextIncarnation);
        agents.put(config.name(), agent);
        changed = true;
        return agent;
    }

    /** An incident of an agent that is no more is over. */
    void resolve(String agent, Cause cause) {
        journal.resolved(agent, cause, clocks.wall().instant());
    }

    /** Puts the agents into the order of the configuration; those that it doesn't name come last. */
    void inOrderOf(Collection<String> names) {
        var known = new LinkedHashMap<>(agents);
        agents.clear();
        names.forEach(name -> Optional.ofNullable(known.remove(name)).ifPresent(agent -> agents.put(name, agent)));
        agents.putAll(known);
        changed = true;
    }

    void searchForStrays(Agent agent) {
        strays.searchFor(agent);
    }

    /** Processes that forked away from agents without a trace of whose they are. */
    List<Long> unowned() {
        orphanage.look();
        return orphanage.unowned();
    }

    List<AgentStatus> status() {
        var all = new ArrayList<AgentStatus>();
        for (var agent : agents.values()) {
            all.add(agent.status(now(), needs.missing(agent)));
        }
        return all;
    }
}
