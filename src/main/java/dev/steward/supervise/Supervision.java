package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Leftovers;
import dev.steward.posix.Datagram;
import dev.steward.posix.ExitStatus;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
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
    private final Heartbeats heartbeats;
    private final Succession succession;
    private final Hearing hearing;
    private final NotifySockets notifySockets;
    private final LastWords lastWords;
    private final Timers timers = new Timers();
    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Map<String, Agent> agents = new LinkedHashMap<>();
    private final Needs needs = new Needs(agents);
    private final Requests requests = new Requests(this, needs, agents);
    private boolean changed;
    private boolean hurried;
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
        var censusTaker = new CensusTaker(this, scout, aside);
        births = new Births(posix, new Starter(posix.spawner(), surroundings), lifeFiles, clocks, random);
        orphanage = new Orphanage(
                posix.poller(), posix.processes(), surroundings.home().toString(), this::bySession, this::isMain);
        clearing = new Clearing(this, posix, lifeFiles, censusTaker, orphanage);
        strays = new Strays(this, posix.poller(), orphanage, censusTaker);
        prober = new Prober(this, aside);
        heartbeats = new Heartbeats(this, clocks, aside);
        succession = new Succession(this, posix, births, orphanage::release);
        hearing = new Hearing(this, heartbeats, succession);
        notifySockets =
                new NotifySockets(posix::datagrams, new Senders(posix.processes()), this::notified, clocks.monotonic());
        lastWords = new LastWords(this, notifySockets);
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
                safely(() -> ended(process));
            }
            if (!ended.isEmpty()) {
                safely(this::lookForOrphans);
            }
            safely(() -> timers.run(now()));
            for (var action = posted.poll(); action != null; action = posted.poll()) {
                safely(action);
            }
            safely(this::followUp);
            journal.flush();
        }
    }

    void end() {
        over = true;
        notifySockets.end();
    }

    /** A fault with one agent is no reason to leave the others alone. */
    private static void safely(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("A fault in supervision; it goes on. Please report this.", e);
        }
    }

    private void ended(Watched process) {
        var main = succession.agentOf(process);
        if (main.isPresent()) {
            if (lastWords.wereHeard(main.get(), process, () -> ended(process))) {
                process.ended().ifPresent(status -> ended(main.get(), process, status));
            }
            return;
        }
        lastWords.forget(process);
        if (!succession.endedBefore(process)
                && !clearing.ended(process)
                && !strays.ended(process)
                && !orphanage.ended(process)) {
            process.close();
        }
    }

    private void ended(Agent agent, Watched process, ExitStatus status) {
        agent.main = Optional.empty();
        agent.lastExit = Optional.of(AfterTheEnd.told(status));
        handle(agent, new Event.Exited(status));
        succession.ended(process);
        lastWords.forget(process);
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
        return succession.isMain(pid);
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
                    notifySockets.close(agent.name());
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
                    agent.underway.orElse(new Agent.Underway(before, "")).then(step.reason()));
        }
        for (var action : step.actions()) {
            perform(agent, action);
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
        agent.underway.filter(way -> !agent.state().looksLike(way.from())).ifPresent(way -> {
            agent.underway = Optional.empty();
            agent.reason = way.reason();
            journal.transition(agent, way.from().label(), clocks.wall().instant(), now());
        });
    }

    private void perform(Agent agent, Action action) {
        switch (action) {
            case Action.Spawn _ -> spawn(agent);
            case Action.AwaitReady _ -> prober.begin(agent);
            case Action.Terminate _ -> terminate(agent);
            case Action.Kill _ -> kill(agent);
            case Action.Clear _ -> clearing.begin(agent);
            case Action.Arm arm -> arm(agent, arm.alarm(), now() + arm.after().toNanos());
            case Action.Extend extend ->
                extend(agent, extend.alarm(), now() + extend.to().toNanos());
            case Action.Disarm _ -> {
                agent.alarms.values().forEach(Timers.Timer::callOff);
                agent.alarms.clear();
            }
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

    private void arm(Agent agent, Alarm alarm, long nanos) {
        var timer = timers.at(nanos, () -> {
            agent.alarms.remove(alarm);
            ring(agent, alarm);
        });
        var earlier = agent.alarms.put(alarm, timer);
        if (earlier != null) {
            earlier.callOff();
        }
    }

    private void extend(Agent agent, Alarm alarm, long nanos) {
        var armed = agent.alarms.get(alarm);
        if (armed != null && armed.isBefore(nanos)) {
            arm(agent, alarm, nanos);
        }
    }

    private void ring(Agent agent, Alarm alarm) {
        var running = agent.state().running();
        if (alarm == Alarm.STALE && running.isPresent()) {
            heartbeats.overdue(agent, running.get());
        } else {
            handle(agent, alarm.event());
        }
    }

    private void spawn(Agent agent) {
        agent.renew();
        try {
            openSocket(agent);
        } catch (IOException e) {
            // It would speak to nobody.
            handle(agent, new Event.SpawnRefused(String.valueOf(e.getMessage())));
            return;
        }
        var present = agent.nextIncarnation;
        if (agent.config().leftovers() == Leftovers.KILL
                && !orphanage.leftOf(agent, present).isEmpty()) {
            handle(agent, new Event.Blocked());
            return;
        }
        switch (births.give(agent)) {
            case Births.Outcome.Born born -> {
                succession.begin(agent, born.process());
                follow(
                        agent,
                        born.incarnation(),
                        agent.config().heartbeat().map(_ -> Pulse.begins(now(), agent.beatBefore)));
                handle(agent, new Event.Spawned(born.incarnation()));
                if (agent.adopted) {
                    agent.adopted = false;
                    strays.searchFor(agent);
                }
            }
            case Births.Outcome.Blocked _ -> handle(agent, new Event.Blocked());
            case Births.Outcome.Refused refused -> handle(agent, new Event.SpawnRefused(refused.reason()));
        }
    }

    private void openSocket(Agent agent) throws IOException {
        if (Addresses.speaksNotify(agent.config())) {
            notifySockets.open(agent.name(), Addresses.notifySocket(surroundings.run(), agent.name()));
        }
    }

    /** Takes up a main process that was there before. */
    void adopt(Agent agent, Watched process, Incarnation incarnation) {
        succession.adopt(agent, process);
        try {
            openSocket(agent);
            if (Addresses.pings(agent.config())) {
                surroundings.pings().register(agent.name(), incarnation.id());
            }
        } catch (IOException e) {
            LOG.error("{} is not heard: {}", agent.name(), e.getMessage());
        }
        follow(agent, incarnation, agent.config().heartbeat().map(rules -> Pulse.adopted(now(), rules)));
    }

    private void follow(Agent agent, Incarnation incarnation, Optional<Pulse> pulse) {
        agent.family = List.of();
        agent.last = Optional.of(incarnation);
        agent.said = "";
        agent.pulse = pulse;
        agent.sessions.putLast(agent.session, incarnation.id());
        if (agent.sessions.size() > 2) {
            agent.sessions.pollFirstEntry();
        }
        heartbeats.begin(agent, incarnation);
    }

    private void terminate(Agent agent) {
        agent.main.filter(Watched::alive).ifPresent(main -> {
            // Descent is lost with the parent, and may be the only trace that a process leaves.
            agent.family = posix.processes().descendants(main.pid());
            signal(agent, main, agent.config().stop().signal());
            signal(agent, main, Signal.CONT);
        });
        if (hurried) {
            kill(agent);
        }
    }

    private void signal(Agent agent, Watched main, Signal signal) {
        if (agent.group.isEmpty() || !posix.signals().group(agent.group.getAsLong(), signal)) {
            main.signal(signal);
        }
    }

    /** Kills what is being stopped, and whatever is asked to stop from now on. */
    void hurry() {
        hurried = true;
        List.copyOf(agents.values()).forEach(agent -> handle(agent, new Event.StopTimedOut()));
    }

    private void kill(Agent agent) {
        agent.main.filter(Watched::alive).ifPresent(main -> signal(agent, main, Signal.KILL));
        clearing.kill(agent);
    }

    /** Takes up an agent that the configuration names. */
    Agent add(AgentConfig config, String nextIncarnation) {
        var agent = new Agent(config, nextIncarnation);
        agents.put(config.name(), agent);
        changed = true;
        return agent;
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

    /** The files by which agents beat that run now. */
    Map<String, Path> beatFiles() {
        var files = new HashMap<String, Path>();
        for (var agent : agents.values()) {
            if (agent.main.isPresent()) {
                Heartbeats.file(agent.config().heartbeat()).ifPresent(file -> files.put(agent.name(), file));
            }
        }
        return files;
    }

    void saw(String name, BeatFile.Look look) {
        var agent = agents.get(name);
        if (agent != null) {
            agent.state().running().ifPresent(running -> heartbeats.saw(agent, running, look));
        }
    }

    void heard(String name, String incarnation, List<Sign> signs) {
        var agent = agents.get(name);
        if (agent != null && agent.runs(incarnation)) {
            signs.forEach(sign -> hearing.heard(agent, sign));
        }
    }

    /** On the receiving thread: who it was is known, and whether that is somebody of the agent is judged here, after what came before. */
    private void notified(String name, Senders.Sender sender, List<Sign> signs, Datagram datagram) {
        post(() -> {
            try (datagram) {
                var agent = agents.get(name);
                if (agent != null
                        && agent.state().running().isPresent()
                        && agent.main
                                .filter(main -> sender.isOf(agent.session, main.pid()))
                                .isPresent()) {
                    signs.stream()
                            .sorted(Comparator.comparing(sign -> !(sign instanceof Sign.MainPid)))
                            .forEach(sign -> hearing.heard(agent, sign));
                }
            }
        });
    }

    List<AgentStatus> status() {
        var all = new ArrayList<AgentStatus>();
        for (var agent : agents.values()) {
            all.add(agent.status(now(), needs.missing(agent)));
        }
        return all;
    }
}
