package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Leftovers;
import dev.steward.posix.Identity;
import dev.steward.posix.Processes;
import dev.steward.store.AgentRow;
import dev.steward.store.IncarnationRow;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells of the processes that a daemon finds at its start which of them are the main processes of agents, and which are leftovers. */
final class Recognition {
    private final Processes processes;
    private final LifeFiles lifeFiles;
    private final Map<String, List<LifeNote>> notes;
    private final Kin kin;

    Recognition(Processes processes, LifeFiles lifeFiles, Scout.Census census) {
        this.processes = processes;
        this.lifeFiles = lifeFiles;
        notes = lifeFiles.notes(processes.boot());
        // The record may be a copy of another home's, whose sessions are not this one's to look into.
        var mains = new HashMap<Identity, String>();
        notes.forEach((agent, all) -> all.forEach(note -> mains.put(note.identity(), agent)));
        kin = new Kin(census, mains, lifeFiles::agentOf);
    }

    /**
     * A main process that was found.
     *
     * @param fingerprint of the section by which it was started, if that is known
     */
    record Main(Identity identity, String incarnation, Optional<String> fingerprint, Proven proven) {
        Main(Identity identity, String incarnation, Optional<String> fingerprint) {
            this(identity, incarnation, fingerprint, Proven.NOTHING);
        }
    }

    /**
     * Who is proven to be the main process: by a life file; else by the record; else by bearing the id that the next incarnation was to
     * have, which the last daemon gave it and could not note any more. Everything else is a leftover; but where those are kept, and life
     * files and record are gone, there would be two.
     */
    Optional<Main> mainOf(AgentConfig config, Optional<AgentRow> row) {
        var agent = config.name();
        return noted(agent)
                .or(() -> row.flatMap(AgentRow::incarnation).flatMap(recorded -> recorded(agent, recorded)))
                .or(() -> row.map(AgentRow::nextIncarnation).flatMap(next -> unnoted(agent, next)))
                .or(() -> config.leftovers() == Leftovers.KEEP && row.isEmpty() ? likely(agent) : Optional.empty());
    }

    /** The oldest process of the latest incarnation, if it leads its session as main processes do. */
    private Optional<Main> likely(String agent) {
        var latest = kin.of(agent).stream()
                .map(Scout.Person::incarnation)
                .filter(incarnation -> !incarnation.isEmpty())
                .max(Comparator.naturalOrder());
        return latest.filter(id -> notesOf(agent).isEmpty())
                .flatMap(id -> kin.of(agent).stream()
                        .filter(person -> person.incarnation().equals(id))
                        .min(Comparator.comparingLong(
                                person -> person.identity().start()))
                        .filter(Scout.Person::leadsItsSession)
                        .map(person -> new Main(person.identity(), id, section(person.identity()))));
    }

    /** The last incarnation of which a life file of this boot tells, whether it lives or not. */
    Optional<LifeNote> lastOf(String agent) {
        return notesOf(agent).stream()
                .max(Comparator.comparingLong(note -> note.identity().start()));
    }

    private List<LifeNote> notesOf(String agent) {
        return notes.getOrDefault(agent, List.of());
    }

    private Optional<Main> noted(String agent) {
        return notesOf(agent).stream()
                .filter(note -> processes.lives(note.identity()))
                .max(Comparator.comparingLong(note -> note.identity().start()))
                .map(note -> new Main(
                        note.identity(),
                        note.incarnation(),
                        note.fingerprint().or(() -> section(note.identity())),
                        note.proven()));
    }

    /** A copy of a home has the record of the original's agents, which are not its own. */
    private Optional<Main> recorded(String agent, IncarnationRow row) {
        return processes.lives(row.identity()) && bearsOurMark(agent, row.identity())
                ? Optional.of(new Main(row.identity(), row.id(), section(row.identity())))
                : Optional.empty();
    }

    private boolean bearsOurMark(String agent, Identity identity) {
        return kin.of(agent).stream()
                .filter(person -> person.identity().equals(identity))
                .anyMatch(person -> person.agent().equals(agent) || holdsLifeOf(agent, person));
    }

    private boolean holdsLifeOf(String agent, Scout.Person person) {
        return person.openFiles().stream()
                .anyMatch(file -> lifeFiles.agentOf(file).equals(Optional.of(agent)));
    }

    private Optional<Main> unnoted(String agent, String next) {
        // Whoever bears the id of a main process that is known, and is not that, was left by it.
        return isNoted(agent, next)
                ? Optional.empty()
                : kin.of(agent).stream()
                        .filter(person -> belongsTo(person, agent, next) && person.leadsItsSession())
                        .min(Comparator.comparingLong(
                                person -> person.identity().start()))
                        .map(person -> new Main(person.identity(), next, section(person.identity())));
    }

    private boolean isNoted(String agent, String incarnation) {
        return notesOf(agent).stream().anyMatch(note -> note.incarnation().equals(incarnation));
    }

    private boolean belongsTo(Scout.Person person, String agent, String incarnation) {
        return person.incarnation().equals(incarnation)
                || person.openFiles().contains(LifeFiles.real(lifeFiles.ownOf(agent, incarnation)));
    }

    /** The last daemon may have died before it could note by which section it started this process. */
    private Optional<String> section(Identity identity) {
        return Optional.ofNullable(processes.environment(identity.pid()).get(Launch.SECTION));
    }

    /** Whether an id was given to a process already, so that the next one needs another. */
    boolean isUsed(String agent, String incarnation) {
        return isNoted(agent, incarnation)
                || kin.of(agent).stream().anyMatch(person -> belongsTo(person, agent, incarnation));
    }

    /**
     * Whether anything lives, of an agent without a main process, that is to be ended before it is started, or if it is stopped.
     */
    boolean isAnythingLeft(AgentConfig config) {
        return kin.of(config.name()).stream()
                .anyMatch(person -> config.leftovers() == Leftovers.KILL || isOfTheLast(person, config.name()));
    }

    private boolean isOfTheLast(Scout.Person person, String agent) {
        return lastOf(agent)
                .filter(last -> belongsTo(person, agent, last.incarnation()))
                .isPresent();
    }

    /** Whether something of other incarnations lives beside the present one. */
    boolean hasStrays(String agent, String present) {
        return kin.of(agent).stream()
                .anyMatch(person ->
                        person.agent().equals(agent) && !person.incarnation().equals(present));
    }
}
