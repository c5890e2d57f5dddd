package dev.steward.supervise;

import dev.steward.config.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an incarnation's heartbeat. Pure. Time is measured by the monotonic clock, in nanoseconds; what a beat says of
 * its own time is believed only within what that clock allows, so that no change of the wall clock makes an agent stale.
 *
 * @param last when it beat last, or when waiting for its first beat began
 * @param beats how many counted
 * @param looked when its file was looked at last
 * @param beat the last one that counted
 * @param before what its file was like when it did not count: before the incarnation began, or when it was refused last
 * @param within how soon beats are to follow each other, if the agent itself said so
 * @param signs its present ones
 */
record Pulse(
        long last,
        long beats,
        long looked,
        Optional<BeatFile.Look.Found> beat,
        Optional<Stamp> before,
        Optional<Duration> within,
        Signs signs) {
    private static final Duration FUTURE = Duration.ofSeconds(5);

    /**
     * What was seen at the last look.
     *
     * @param trouble what is wrong with them, for people; empty if nothing is
     * @param readable whether they could be looked for at all
     */
    private record Signs(String trouble, boolean readable) {
        private static final Signs GOOD = new Signs("", true);

        private static Signs bad(String trouble) {
            return new Signs(trouble, true);
        }
    }

    /** Of an incarnation that begins now. */
    static Pulse begins(long now, Optional<Stamp> before) {
        return new Pulse(now, 0, now, Optional.empty(), before, Optional.empty(), Signs.GOOD);
    }

    /** Of one that was there before this daemon: what its file holds counts with its age, but there is time for one more beat. */
    static Pulse adopted(long now, Heartbeat rules, Optional<Duration> within) {
        var grace = rules.staleAfter().minus(rules.every()).toNanos();
        return new Pulse(now, 0, now - grace, Optional.empty(), Optional.empty(), within, Signs.GOOD);
    }

    /**
     * When and to whom a file was looked at.
     *
     * @param now by the monotonic clock
     */
    record Moment(Incarnation incarnation, Instant wall, long now) {
        /** When the incarnation began, by the wall clock as it goes now. */
        private Instant began() {
            return wall.minusNanos(now - incarnation.startedNanos());
        }
    }

    /** It beat right now. */
    Pulse beats(long now) {
        return new Pulse(now, beats + 1, looked, beat, before, within, Signs.GOOD);
    }

    /** From now on it is to beat this often; it was heard of just now. */
    Pulse beatsWithin(Duration changed, long now) {
        return new Pulse(now, beats, looked, beat, before, Optional.of(changed), signs);
    }

    /** Its file was looked at; {@link #last} is another one then if there was a beat that counts. */
    Pulse saw(BeatFile.Look look, Moment moment) {
        return switch (look) {
            case BeatFile.Look.Unknown(var why) -> seen(new Signs("its heartbeat " + why, false), last, moment);
            case BeatFile.Look.Nothing(var why) -> seen(Signs.bad("its heartbeat " + why), again(moment), moment);
            case BeatFile.Look.Found found ->
                isNew(found) && !isToldAgain(found) ? judged(found, moment) : seen(still(), again(moment), moment);
        };
    }

    /** As long as nobody could look, it may have beaten: there is time for one more beat. */
    private long again(Moment moment) {
        return signs.readable() ? last : moment.now;
    }

    private Signs still() {
        return signs.readable() ? signs : Signs.GOOD;
    }

    private boolean isNew(BeatFile.Look.Found found) {
        return !Optional.of(found.stamp()).equals(before)
                && beat.filter(known -> known.stamp().equals(found.stamp())).isEmpty();
    }

    /** Written once more, with something else in it that is not about life. */
    private boolean isToldAgain(BeatFile.Look.Found found) {
        return beat.filter(known -> found.iter().isPresent()
                        && known.iter().equals(found.iter())
                        && known.incarnation().equals(found.incarnation())
                        && !found.at().isAfter(known.at()))
                .isPresent();
    }

    private Pulse judged(BeatFile.Look.Found found, Moment moment) {
        var objection = objection(found, moment);
        if (!objection.isEmpty()) {
            // For good: a beat from the future is no beat when its time has come.
            return new Pulse(
                    again(moment), beats, moment.now, beat, Optional.of(found.stamp()), within, Signs.bad(objection));
        }
        var age = Duration.between(found.at(), moment.wall).toNanos();
        var when = Math.clamp(moment.now - age, Math.min(looked, moment.now), moment.now);
        return new Pulse(when, beats + 1, moment.now, Optional.of(found), before, within, Signs.GOOD);
    }

    private String objection(BeatFile.Look.Found found, Moment moment) {
        var incarnation = found.incarnation().filter(id -> !id.equals(moment.incarnation.id()));
        if (incarnation.isPresent()) {
            return "its heartbeat is of another incarnation";
        }
        if (found.at().isBefore(moment.began().minus(found.stamp().slack()))) {
            return "its heartbeat is older than the incarnation";
        }
        if (found.at().isAfter(moment.wall.plus(FUTURE))) {
            return "its heartbeat is from the future, by "
                    + Duration.between(moment.wall, found.at()).toSeconds() + " s";
        }
        var stuck = beat.map(BeatFile.Look.Found::iter)
                .filter(iter -> iter.isPresent() && iter.equals(found.iter()))
                .isPresent();
        return stuck ? "its iter stays at " + found.iter().orElseThrow() + " while its clock goes on" : "";
    }

    private Pulse seen(Signs now, long since, Moment moment) {
        return new Pulse(since, beats, moment.now, beat, before, within, now);
    }

    /** What is wrong with its present signs, for people; empty if nothing is. */
    String trouble() {
        return signs.trouble();
    }

    /** Whether nobody can say if it beats, since what keeps its beats can't be asked. */
    boolean isUnknown() {
        return !signs.readable();
    }

    /** So long until it is stale; nothing if it is. */
    Duration dueIn(long now, Heartbeat rules) {
        var due = last + within.orElse(rules.staleAfter()).toNanos() - now;
        return Duration.ofNanos(Math.max(0, due));
    }

    /** Why it counts as stale, for people. */
    String complaint(long now) {
        var silent = "no heartbeat for " + AfterTheEnd.seconds(Duration.ofNanos(now - last));
        return trouble().isEmpty() ? silent : silent + ": " + trouble();
    }

    /** What was found last where it leaves its beats, whether it counted or not. */
    Optional<Stamp> seen() {
        return beat.map(BeatFile.Look.Found::stamp).or(() -> before);
    }

    OptionalLong iter() {
        return beat.map(BeatFile.Look.Found::iter).orElse(OptionalLong.empty());
    }
}
