package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.posix.ExitStatus;
import dev.steward.posix.Identity;
import dev.steward.store.AgentRow;
import dev.steward.store.AgentRow.Asked;
import dev.steward.store.IncarnationRow;
import dev.steward.store.IncidentRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Start-up is recovery: finds what earlier daemons left running, takes it over, and starts what is to run and doesn't. The
 * record says whom to expect; the machine says who is there, also if the record is lost or old.
 */
final class Recovery {
    private static final Pattern EXIT_STATUS = Pattern.compile("exit status (\\d+).*");

    private final Supervision supervision;
    private final Scout.Census census;
    private final LifeFiles lifeFiles;
    private final Map<String, AgentRow> remembered = new HashMap<>();
    private final List<IncidentRow> openIncidents;
    private final List<Agent> outdated = new ArrayList<>();

    Recovery(Supervision supervision, LifeFiles lifeFiles, Scout.Census census, Supervisor.Memory memory) {
        this.supervision = supervision;
        this.lifeFiles = lifeFiles;
        this.census = census;
        memory.agents().forEach(row -> remembered.put(row.name(), row));
        openIncidents = memory.openIncidents();
    }

    /** Takes up the configured agents, and stops those that run and are configured no more. */
    void begin(Map<String, AgentConfig> configured) {
        var all = configured.values().stream().map(this::takeUp).toList();
        var known = new TreeSet<>(remembered.keySet());
        known.addAll(lifeFiles.living());
        var gone = known.stream()
                .filter(name -> !configured.containsKey(name))
                .map(name -> takeUp(Forgotten.agent(name, supervision.surroundings())))
                .toList();
        supervision.requests().remove(gone);
        // The file was edited while nobody looked.
        supervision.requests().replace(outdated);
        var toRun = all.stream().filter(Recovery::isToRun).toList();
        for (var agent : supervision.needs().withNeeds(toRun)) {
            if (!agent.asked.equals(Optional.of(Asked.STOP)) && !(agent.state() instanceof State.Ended)) {
                supervision.handle(agent, new Event.Start());
                supervision.searchForStrays(agent);
            }
        }
        all.stream()
                .filter(agent -> !isToRun(agent) && !agent.atRest())
                .filter(agent -> agent.asked.equals(Optional.of(Asked.STOP)))
                .forEach(agent -> supervision.handle(agent, new Event.Stop()));
    }

    private static boolean isToRun(Agent agent) {
        return agent.asked
                .map(asked -> asked == Asked.START)
                .orElse(agent.wanted().autostart());
    }

    private Agent takeUp(AgentConfig config) {
        // What the record does not know was started by a daemon that died before it could tell.
        var row = Optional.ofNullable(remembered.get(config.name()));
        var agent = supervision.add(config, row.map(AgentRow::nextIncarnation).orElseGet(supervision.births()::newId));
        row.ifPresent(known -> remember(agent, known));
        for (var incident : openIncidents) {
            if (incident.subject().equals(agent.name())) {
                Cause.of(incident.cause()).ifPresent(agent.incidents::add);
            }
        }
        find(agent, row).ifPresent(found -> adopt(agent, found, row));
        return agent;
    }

    private void remember(Agent agent, AgentRow row) {
        agent.asked = row.asked();
        agent.lastExit = row.lastExit();
        agent.reason = row.reason();
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

    /**
     * A main process that was found.
     *
     * @param fingerprint of the section by which it was started, if that is known
     */
    private record Found(Identity identity, String incarnation, Optional<String> fingerprint) {}

    /**
     * Who is proven to be the main process: by a life file; else by the record; else by bearing the id that the next incarnation was to
     * have, which the last daemon gave it and could not note any more. Everything else is a leftover.
     */
    private Optional<Found> find(Agent agent, Optional<AgentRow> row) {
        return noted(agent)
                .or(() -> row.flatMap(AgentRow::incarnation).flatMap(recorded -> recorded(agent, recorded)))
                .or(() -> row.flatMap(known -> unnoted(agent, known.nextIncarnation())));
    }

    private Optional<Found> noted(Agent agent) {
        return lifeFiles.all(agent.name()).stream()
                .flatMap(file -> LifeNote.read(file).stream())
                .filter(note -> supervision.posix().processes().lives(note.identity()))
                .max(Comparator.comparingLong(note -> note.identity().start()))
                .map(note -> new Found(note.identity(), note.incarnation(), Optional.of(note.fingerprint())));
    }

    private Optional<Found> recorded(Agent agent, IncarnationRow row) {
        return supervision.posix().processes().lives(row.identity()) && bearsOurMark(agent, row.identity())
                ? Optional.of(new Found(row.identity(), row.id(), section(row.identity())))
                : Optional.empty();
    }

    /** A copy of a home has the record of the original's agents, which are not its own. */
    private boolean bearsOurMark(Agent agent, Identity identity) {
        var files = lifeFiles.all(agent.name()).stream().map(LifeFiles::real).collect(Collectors.toSet());
        var wanted = new Scout.Wanted(agent.name(), Set.of(), files, Optional.empty(), Optional.empty());
        return census.members(wanted).stream()
                .anyMatch(person -> person.identity().equals(identity));
    }

    private Optional<Found> unnoted(Agent agent, String next) {
        return census.people().stream()
                .filter(person -> person.agent().equals(agent.name())
                        && person.incarnation().equals(next))
                .filter(Scout.Person::leadsItsSession)
                .min(Comparator.comparingLong(person -> person.identity().start()))
                .map(person -> new Found(person.identity(), next, section(person.identity())));
    }

    /** The last daemon may have died before it could note by which section it started this process. */
    private Optional<String> section(Identity identity) {
        return Optional.ofNullable(
                supervision.posix().processes().environment(identity.pid()).get(Launch.SECTION));
    }

    private void adopt(Agent agent, Found found, Optional<AgentRow> row) {
        supervision.posix().poller().adopt(found.identity).ifPresent(process -> {
            var started = row.flatMap(AgentRow::incarnation)
                    .filter(incarnation -> incarnation.identity().equals(found.identity))
                    .map(IncarnationRow::started)
                    .orElseGet(() -> supervision.clocks().wall().instant());
            var incarnation = new Incarnation(found.incarnation, found.identity, started, nanosOf(started));
            agent.adopted = true;
            agent.probe = ReadyProbe.ofAdopted(agent.config());
            if (found.incarnation.equals(agent.nextIncarnation)) {
                agent.nextIncarnation = supervision.births().newId();
            }
            if (found.fingerprint
                    .filter(print -> !print.equals(agent.config().fingerprint()))
                    .isPresent()) {
                outdated.add(agent);
            }
            supervision
                    .births()
                    .note(
                            agent,
                            incarnation,
                            found.fingerprint.orElse(agent.config().fingerprint()));
            supervision.adopt(agent, process, incarnation);
            var ready = row.map(
                            known -> known.state().equals("up") || known.state().equals("stopping"))
                    .orElse(false);
            supervision.handle(agent, new Event.Adopted(incarnation, ready));
        });
    }

    /** When that was by the monotonic clock, as far as the wall clock tells. */
    private long nanosOf(Instant started) {
        var age = Duration.between(started, supervision.clocks().wall().instant());
        return supervision.now() - Math.max(0, age.toNanos());
    }
}
