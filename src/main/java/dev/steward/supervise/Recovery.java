package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Leftovers;
import dev.steward.posix.ExitStatus;
import dev.steward.posix.Identity;
import dev.steward.store.AgentRow;
import dev.steward.store.AgentRow.Asked;
import dev.steward.store.IncarnationRow;
import dev.steward.store.IncidentRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Start-up is recovery: finds what earlier daemons left running, takes it over, and starts what is to run and doesn't. The
 * record says whom to expect; the machine says who is there, also if the record is lost or old.
 */
final class Recovery {
    private static final Pattern EXIT_STATUS = Pattern.compile("exit status (\\d+).*");

    private final Supervision supervision;
    private final LifeFiles lifeFiles;
    private final Recognition recognition;
    private final Map<String, AgentRow> remembered = new HashMap<>();
    private final List<IncidentRow> openIncidents;
    private final List<Agent> outdated = new ArrayList<>();
    private final Map<Agent, State> unseenEnds = new HashMap<>();
    private final Set<Agent> accompanied = new HashSet<>();

    Recovery(Supervision supervision, LifeFiles lifeFiles, Scout.Census census, Supervisor.Memory memory) {
        this.supervision = supervision;
        this.lifeFiles = lifeFiles;
        recognition = new Recognition(supervision.posix().processes(), lifeFiles, census);
        memory.agents().forEach(row -> remembered.put(row.name(), row));
        openIncidents = memory.openIncidents();
    }

    /** Takes up the configured agents, and stops those that run and are configured no more. */
    void begin(Map<String, AgentConfig> configured) {
        var all = configured.values().stream().map(this::takeUp).toList();
        supervision.requests().remove(takeUpForgotten(configured.keySet()));
        // The file was edited while nobody looked.
        supervision.requests().replace(outdated.stream().filter(all::contains).toList());
        var toRun = all.stream().filter(Recovery::isToRun).toList();
        for (var agent : supervision.needs().withNeeds(toRun)) {
            if (!isToStop(agent) && !(agent.state() instanceof State.Ended)) {
                start(agent);
            }
        }
        all.stream()
                .filter(Recovery::isToStop)
                .filter(agent -> !agent.atRest() || recognition.isAnythingLeft(agent.config()))
                .forEach(agent -> supervision.handle(agent, new Event.Stop()));
        openIncidents.stream()
                .filter(incident -> !supervision.agents().containsKey(incident.subject()))
                .forEach(incident ->
                        Cause.of(incident.cause()).ifPresent(cause -> supervision.resolve(incident.subject(), cause)));
    }

    private static boolean isToRun(Agent agent) {
        return agent.asked
                .map(asked -> asked == Asked.START)
                .orElse(agent.wanted().autostart());
    }

    private static boolean isToStop(Agent agent) {
        return agent.asked.equals(Optional.of(Asked.STOP));
    }

    private List<Agent> takeUpForgotten(Set<String> configured) {
        var known = new TreeSet<>(remembered.keySet());
        known.addAll(lifeFiles.living());
        return known.stream()
                .filter(name -> !configured.contains(name))
                .map(name -> Forgotten.agent(name, lifeFiles.leftovers(name), supervision.surroundings()))
                // What is left of one whose leftovers are kept is nobody's business once it was removed.
                .filter(config -> config.leftovers() == Leftovers.KILL
                        || remembered.containsKey(config.name())
                        || recognition.mainOf(config, Optional.empty()).isPresent())
                .map(this::takeUp)
                .toList();
    }

    private void start(Agent agent) {
        if (agent.atRest() && recognition.isAnythingLeft(agent.config())) {
            // One of them may be a main process of which nothing is proven, so this is no time to be quick.
            agent.life = agent.life.in(new State.Spawning());
            supervision.handle(agent, new Event.Blocked());
            return;
        }
        var unseen = Optional.ofNullable(unseenEnds.get(agent));
        unseen.ifPresent(state -> agent.life = agent.life.in(state));
        supervision.handle(agent, unseen.isPresent() ? new Event.Exited(new ExitStatus.Unknown()) : new Event.Start());
        if (accompanied.contains(agent)) {
            supervision.searchForStrays(agent);
        }
    }

    private Agent takeUp(AgentConfig config) {
        var name = config.name();
        // What the record does not know was started by a daemon that died before it could tell.
        var row = Optional.ofNullable(remembered.get(name));
        var next = row.map(AgentRow::nextIncarnation)
                .filter(id -> !recognition.isUsed(name, id))
                .orElseGet(supervision.births()::newId);
        var agent = supervision.add(config, next);
        row.ifPresent(known -> remember(agent, known));
        for (var incident : openIncidents) {
            if (incident.subject().equals(name)) {
                Cause.of(incident.cause()).ifPresent(agent.incidents::add);
            }
        }
        agent.last = recognition.lastOf(name).map(note -> incarnation(note.identity(), note.incarnation(), row));
        agent.adopted = recognition.isAnythingLeft(config);
        recognition.mainOf(config, row).ifPresent(main -> adopt(agent, main, row));
        if (agent.main.isEmpty()) {
            row.flatMap(this::endedUnseen).ifPresent(state -> {
                agent.lastExit = Optional.of(AfterTheEnd.told(new ExitStatus.Unknown()));
                unseenEnds.put(agent, state);
            });
        }
        return agent;
    }

    /** The state in which the last daemon saw an incarnation of this boot that lives no more: its end is still to be acted upon. */
    private Optional<State> endedUnseen(AgentRow row) {
        return row.incarnation()
                .filter(known -> known.identity().boot().equals(boot()))
                .map(known -> incarnation(known.identity(), known.id(), Optional.of(row)))
                .flatMap(gone -> switch (row.state()) {
                    case "up" -> Optional.of(new State.Up(gone));
                    case "starting" -> Optional.of(new State.Starting(gone));
                    default -> Optional.empty();
                });
    }

    private void remember(Agent agent, AgentRow row) {
        agent.asked = row.asked();
        agent.lastExit = row.lastExit();
        agent.reason = row.reason();
        agent.underway = Optional.of(Agent.Underway.sinceRecorded(row.state()));
        agent.life = agent.life.with(Tally.remembered(row.failures(), row.restarts()));
        var thisBoot = row.incarnation()
                .map(IncarnationRow::identity)
                .filter(identity -> identity.boot().equals(boot()))
                .isPresent();
        if (thisBoot && row.state().equals(new State.Ended(new ExitStatus.Unknown(), false).label())) {
            var status = status(row.lastExit().orElse(""));
            agent.life = agent.life.in(new State.Ended(status, AfterTheEnd.well(status, agent.config())));
        }
    }

    private static ExitStatus status(String told) {
        var match = EXIT_STATUS.matcher(told);
        return match.matches() ? new ExitStatus.Exited(Integer.parseInt(match.group(1))) : new ExitStatus.Unknown();
    }

    private String boot() {
        return supervision.posix().processes().boot();
    }

    private void adopt(Agent agent, Recognition.Main main, Optional<AgentRow> row) {
        supervision.posix().poller().adopt(main.identity()).ifPresent(process -> {
            var incarnation = incarnation(main.identity(), main.incarnation(), row);
            agent.adopted = true;
            agent.probe = ReadyProbe.ofAdopted(agent.config(), incarnation.started());
            if (main.fingerprint()
                    .filter(print -> !print.equals(agent.config().fingerprint()))
                    .isPresent()) {
                outdated.add(agent);
            }
            if (recognition.hasStrays(agent.name(), main.incarnation())) {
                accompanied.add(agent);
            }
            main.fingerprint().ifPresent(agent::startedBy);
            supervision.births().note(agent, incarnation, main.proven());
            supervision.beginnings().adopt(agent, process, incarnation, main.proven());
            supervision.handle(agent, new Event.Adopted(incarnation, wasReady(main, row)));
        });
    }

    /** What the record says of another process says nothing of this one. */
    private static boolean wasReady(Recognition.Main main, Optional<AgentRow> row) {
        return main.proven().ready()
                || row.filter(known -> known.incarnation()
                                .filter(recorded -> recorded.identity().equals(main.identity()))
                                .isPresent())
                        .filter(known ->
                                known.state().equals("up") || known.state().equals("stopping"))
                        .isPresent();
    }

    /** Its age is the kernel's to tell: the wall clock may have been set since it was started. */
    private Incarnation incarnation(Identity identity, String id, Optional<AgentRow> row) {
        var now = supervision.clocks().wall().instant();
        var recorded = row.flatMap(AgentRow::incarnation)
                .filter(known -> known.identity().equals(identity))
                .map(IncarnationRow::started);
        var age = supervision.posix().processes().age(identity);
        var started = recorded.or(() -> age.map(now::minus)).orElse(now);
        var nanos = age.orElseGet(() -> Duration.between(started, now)).toNanos();
        return new Incarnation(id, identity, started, supervision.now() - Math.max(0, nanos));
    }
}
