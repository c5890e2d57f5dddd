package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.posix.Identity;
import dev.steward.posix.Watched;
import dev.steward.store.AgentRow;
import dev.steward.store.AgentRow.Asked;
import dev.steward.store.IncarnationRow;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;

/** An agent as the supervising thread holds it. Confined to that thread. */
final class Agent {
    private AgentConfig config;
    private AgentConfig next;
    private Optional<String> fingerprint = Optional.empty();
    /** Whether the section may have changed since the present incarnation was started. */
    private boolean renewed;

    final Map<Alarm, Timers.Timer> alarms = new EnumMap<>(Alarm.class);
    final Set<Cause> incidents = EnumSet.noneOf(Cause.class);
    Life life = Life.NEW;
    Optional<Asked> asked = Optional.empty();
    Optional<Watched> main = Optional.empty();
    Optional<Incarnation> last = Optional.empty();
    Optional<String> lastExit = Optional.empty();
    Optional<ReadyProbe> probe = Optional.empty();
    /** What its heartbeat file or key was like before the present incarnation. */
    Optional<Stamp> beatBefore = Optional.empty();
    /** Of the present incarnation, if it is to beat. */
    Optional<Pulse> pulse = Optional.empty();
    /** What the present incarnation said that it is about. */
    String said = "";

    Optional<Underway> underway = Optional.empty();
    /** Pids of its last main processes, which are the numbers of their sessions, and their incarnations. */
    final SequencedMap<Long, String> sessions = new LinkedHashMap<>();

    /** The number of its main process's session. */
    long session;
    /** The process group that is signalled with its main process; empty if that one is in none of its own. */
    OptionalLong group = OptionalLong.empty();

    /** What descended from its main process when that was last asked to stop. */
    List<Identity> family = List.of();

    String reason = "";
    String nextIncarnation;
    /** Whether its main process was started by an earlier daemon, so that its orphans are not inherited by this one. */
    boolean adopted;
    /** Whether it is to stop as soon as nobody who needs it runs, so that it is no longer there for those who wait. */
    boolean leaving;
    /** Whether the configuration no longer names it: it goes as soon as it is at rest. */
    boolean removed;

    /**
     * What has happened since the state that people saw last.
     *
     * @param from the name of that state
     * @param seen that state; empty if an earlier daemon told of it
     */
    record Underway(String from, Optional<State> seen, String reason) {
        static Underway since(State seen) {
            return new Underway(seen.label(), Optional.of(seen), "");
        }

        static Underway sinceRecorded(String state) {
            return new Underway(state, Optional.empty(), "");
        }

        Underway then(String next) {
            var told = reason.isEmpty() || next.isEmpty() ? reason + next : reason + "; " + next;
            return new Underway(from, seen, told);
        }

        boolean isNews(State now) {
            return seen.filter(now::looksLike).isEmpty();
        }
    }

    Agent(AgentConfig config, String nextIncarnation) {
        this.config = config;
        this.next = config;
        this.nextIncarnation = nextIncarnation;
    }

    String name() {
        return config.name();
    }

    /** The section by which the present incarnation was started. */
    AgentConfig config() {
        return config;
    }

    /** Of the section by which the present incarnation was started. */
    String fingerprint() {
        var known = fingerprint.orElseGet(config::fingerprint);
        fingerprint = Optional.of(known);
        return known;
    }

    /** Its present incarnation was started by a section with this fingerprint, which may be another one than the present. */
    void startedBy(String print) {
        fingerprint = Optional.of(print);
        renewed = true;
    }

    Proven proven() {
        return new Proven(state() instanceof State.Up, pulse.flatMap(Pulse::within));
    }

    /** The section as the configuration has it now. */
    AgentConfig wanted() {
        return next;
    }

    /** Takes up a changed section: at once if no process would notice, else from the next incarnation on. */
    void reconfigure(AgentConfig changed, boolean processChanges) {
        next = changed;
        renewed = true;
        fingerprint = Optional.empty();
        if (!processChanges || !life.state().occupied()) {
            config = changed;
        }
    }

    /** From now on the section is the one that the configuration has now. */
    void renew() {
        if (renewed) {
            config = next;
            fingerprint = Optional.empty();
            renewed = false;
        }
    }

    /** That incarnation is the present one, in the session that was set. */
    void begins(Incarnation incarnation) {
        last = Optional.of(incarnation);
        sessions.putLast(session, incarnation.id());
        if (sessions.size() > 2) {
            sessions.pollFirstEntry();
        }
    }

    State state() {
        return life.state();
    }

    /** Whether that incarnation is the one that runs. */
    boolean isMain(Incarnation incarnation) {
        return runs(incarnation.id());
    }

    boolean runs(String incarnation) {
        return state().running()
                .filter(running -> running.id().equals(incarnation))
                .isPresent();
    }

    boolean atRest() {
        return !state().occupied();
    }

    AgentStatus status(long now, List<String> missing) {
        var process = state().running()
                .filter(incarnation -> main.isPresent())
                .map(incarnation -> new AgentStatus.Running(
                        incarnation.pid(),
                        incarnation.id(),
                        incarnation.started(),
                        Duration.ofNanos(Math.max(0, now - incarnation.startedNanos()))));
        var why = why(now, missing);
        return new AgentStatus(
                next,
                state().label(),
                why,
                process,
                life.tally().restarts(),
                life.tally().failures(),
                lastExit,
                incidents.stream().map(Cause::word).toList(),
                asked,
                heard(now));
    }

    /** A pause is told by what is left of it. */
    private String why(long now, List<String> missing) {
        if (state() instanceof State.Waiting) {
            return "waits for " + String.join(", ", missing);
        }
        var pause = alarms.get(Alarm.BACKOFF);
        if (pause == null) {
            return reason;
        }
        var told = reason.lastIndexOf(AfterTheEnd.NEXT_TRY);
        return (told < 0 ? reason : reason.substring(0, told))
                + AfterTheEnd.NEXT_TRY
                + AfterTheEnd.seconds(pause.from(now));
    }

    private AgentStatus.Heard heard(long now) {
        return main.isEmpty()
                ? AgentStatus.Heard.NOTHING
                : new AgentStatus.Heard(
                        pulse.filter(heart -> heart.beats() > 0).map(heart -> Duration.ofNanos(now - heart.last())),
                        pulse.map(Pulse::iter).orElse(OptionalLong.empty()),
                        pulse.map(Pulse::trouble).orElse(""),
                        said);
    }

    AgentRow row() {
        return new AgentRow(
                name(),
                asked,
                state().label(),
                reason,
                last.map(incarnation ->
                        new IncarnationRow(incarnation.id(), incarnation.identity(), incarnation.started())),
                nextIncarnation,
                life.tally().restarts(),
                life.tally().failures(),
                lastExit);
    }
}
