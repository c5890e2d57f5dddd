package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Heartbeat;
import dev.steward.config.Heartbeat.OnStale;
import dev.steward.config.Via;
import dev.steward.posix.Identity;
import dev.steward.supervise.BeatFile.Look;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What counts as a beat, and until when. */
class PulseTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final Incarnation INCARNATION = new Incarnation("0190", new Identity(100, 200, "boot"), START, 0);
    private static final Heartbeat RULES =
            new Heartbeat(new Via.Notified(), Duration.ofSeconds(10), Duration.ofSeconds(30), OnStale.RESTART);
    private static final Pulse NEW = Pulse.begins(0, Optional.empty());

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    /** So long after the start, with a wall clock that was not touched. */
    private static Pulse.Moment after(long seconds) {
        return new Pulse.Moment(INCARNATION, START.plusSeconds(seconds), seconds(seconds));
    }

    private static Look.Found beat(long at, long iter) {
        return beat(START.plusSeconds(at), OptionalLong.of(iter), Optional.empty());
    }

    private static Look.Found beat(Instant at, OptionalLong iter, Optional<String> incarnation) {
        return new Look.Found(at, iter, incarnation, new Stamp("inode", FileTime.from(at), at.getEpochSecond()));
    }

    private static Duration dueIn(Pulse pulse, long now) {
        return pulse.dueIn(seconds(now), RULES);
    }

    @Test
    void a_beat_counts_from_its_own_time_on() {
        var pulse = NEW.saw(new Look.Nothing("file is not there"), after(2)).saw(beat(5, 1), after(9));
        assertThat(pulse.beats()).isOne();
        assertThat(pulse.iter()).isEqualTo(OptionalLong.of(1));
        assertThat(dueIn(pulse, 9)).isEqualTo(Duration.ofSeconds(26));
        assertThat(dueIn(pulse, 35)).isZero();
        assertThat(pulse.complaint(seconds(35))).isEqualTo("no heartbeat for 30.0 s");
    }

    @Test
    void the_same_beat_counts_once() {
        var pulse = NEW.saw(beat(5, 1), after(6)).saw(beat(5, 1), after(20));
        assertThat(pulse.beats()).isOne();
        assertThat(dueIn(pulse, 20)).isEqualTo(Duration.ofSeconds(15));
    }

    @Test
    void a_clock_that_goes_on_with_a_stuck_iter_is_no_life() {
        var pulse = NEW.saw(beat(5, 41), after(5)).saw(beat(15, 41), after(15)).saw(beat(25, 41), after(25));
        assertThat(pulse.beats()).isOne();
        assertThat(pulse.complaint(seconds(35)))
                .isEqualTo("no heartbeat for 30.0 s: its iter stays at 41 while its clock goes on");
        assertThat(pulse.saw(beat(34, 42), after(34)).trouble()).isEmpty();
    }

    @Test
    void an_iter_that_begins_again_is_life() {
        assertThat(NEW.saw(beat(5, 41), after(5)).saw(beat(15, 1), after(15)).beats())
                .isEqualTo(2);
    }

    @Test
    void what_was_there_before_the_incarnation_is_not_its_own() {
        var before = beat(0, 7);
        var pulse = Pulse.begins(0, Optional.of(before.stamp())).saw(before, after(1));
        assertThat(pulse.beats()).isZero();
        assertThat(NEW.saw(beat(-3, 7), after(1)).trouble()).isEqualTo("its heartbeat is older than the incarnation");
    }

    @Test
    void another_incarnations_beat_is_not_its_own() {
        var others = beat(START.plusSeconds(5), OptionalLong.of(1), Optional.of("0189"));
        var own = beat(START.plusSeconds(6), OptionalLong.of(1), Optional.of("0190"));
        assertThat(NEW.saw(others, after(5)).beats()).isZero();
        assertThat(NEW.saw(others, after(5)).saw(own, after(6)).beats()).isOne();
    }

    @Test
    void a_beat_from_the_future_is_none() {
        var pulse = NEW.saw(beat(3605, 1), after(5));
        assertThat(pulse.beats()).isZero();
        assertThat(pulse.trouble()).isEqualTo("its heartbeat is from the future, by 3600 s");
        assertThat(NEW.saw(beat(9, 1), after(5)).beats()).as("rounded").isOne();
    }

    @Test
    void a_beat_from_the_future_is_none_when_its_time_has_come_either() {
        var planted = beat(60, 1);
        assertThat(NEW.saw(planted, after(5)).saw(planted, after(58)).beats()).isZero();
    }

    @Test
    void an_adopted_one_keeps_its_age_but_has_time_for_one_more_beat() {
        var now = seconds(1000);
        var wall = START.plusSeconds(1000);
        var moment = new Pulse.Moment(INCARNATION, wall, now);
        var fresh = Pulse.adopted(now, RULES, Optional.empty()).saw(beat(995, 1), moment);
        var old = Pulse.adopted(now, RULES, Optional.empty()).saw(beat(500, 1), moment);
        assertThat(fresh.dueIn(now, RULES)).isEqualTo(Duration.ofSeconds(25));
        assertThat(old.dueIn(now, RULES)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void an_agent_may_ask_to_be_judged_more_strictly() {
        var pulse = NEW.beatsWithin(Duration.ofSeconds(2), seconds(5));
        assertThat(dueIn(pulse, 5)).isEqualTo(Duration.ofSeconds(2));
        assertThat(dueIn(pulse.beats(seconds(6)), 6)).isEqualTo(Duration.ofSeconds(2));
    }

    /** Whatever the wall clock does: who beats in time never becomes stale, and who is silent always does. */
    @Property
    void the_wall_clock_makes_nobody_stale_and_nobody_fresh(
            @ForAll @Size(min = 2, max = 20) List<@LongRange(min = -100_000, max = 100_000) Long> jumps) {
        var pulse = NEW;
        var clock = START;
        var now = 0L;
        for (var i = 0; i < jumps.size(); i++) {
            now += seconds(10);
            clock = clock.plusSeconds(10 + jumps.get(i));
            var at = clock;
            pulse = pulse.saw(
                    new Look.Found(at, OptionalLong.of(i), Optional.empty(), new Stamp("inode", FileTime.from(at), i)),
                    new Pulse.Moment(INCARNATION, clock, now));
            assertThat(pulse.dueIn(now, RULES)).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
        }
        var last = pulse;
        for (var jump : jumps) {
            now += seconds(30);
            clock = clock.plusSeconds(30 + jump);
            var same = last.beat().orElseThrow();
            pulse = pulse.saw(same, new Pulse.Moment(INCARNATION, clock, now));
            assertThat(pulse.dueIn(now, RULES)).isZero();
        }
    }

    @Test
    void a_beat_that_is_told_again_is_no_new_one_and_no_trouble() {
        var once = NEW.saw(beat(5, 1), after(6));
        var again = new Look.Found(
                START.plusSeconds(5),
                OptionalLong.of(1),
                Optional.empty(),
                new Stamp("another", FileTime.from(START), 9));

        var pulse = once.saw(again, after(7));

        assertThat(pulse.beats()).isEqualTo(1);
        assertThat(pulse.trouble()).isEmpty();
    }
}
