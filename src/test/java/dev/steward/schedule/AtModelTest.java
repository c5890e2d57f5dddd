package dev.steward.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Beside a clock on the wall that is looked at each minute. */
class AtModelTest {
    /** With changes at midnight, of half an hour, of a whole day, and none. */
    private static final List<String> ZONES = List.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/Havana",
            "Africa/Casablanca",
            "Pacific/Apia",
            "Asia/Bangkok",
            "UTC");

    @Property(tries = 150)
    void it_is_due_whenever_the_clock_shows_such_a_time_for_the_first_time_or_jumps_over_one(
            @ForAll("patterns") Pattern pattern, @ForAll("zones") ZoneId zone, @ForAll("days") Instant from) {
        var to = from.plus(Duration.ofDays(3));

        assertThat(due(new Schedule.At(List.of(pattern), zone), from, to)).isEqualTo(shown(pattern, zone, from, to));
    }

    private static List<Instant> due(Schedule schedule, Instant from, Instant to) {
        var due = new ArrayList<Instant>();
        var at = schedule.next(from, Instant.EPOCH);
        while (at.isPresent() && !at.get().isAfter(to)) {
            due.add(at.get());
            at = schedule.next(at.get(), Instant.EPOCH);
        }
        return due;
    }

    private static List<Instant> shown(Pattern pattern, ZoneId zone, Instant from, Instant to) {
        var due = new ArrayList<Instant>();
        // A day before, since the clock may have been put back shortly before the begin.
        var seen = new HashSet<LocalDateTime>();
        var before = from.minus(Duration.ofDays(2));
        var shown = LocalDateTime.ofInstant(before, zone);
        for (var at = before; !at.isAfter(to); at = at.plusSeconds(60)) {
            var now = LocalDateTime.ofInstant(at, zone);
            boolean isDue = false;
            for (var time = now.isAfter(shown) ? shown.plusMinutes(1) : now;
                    !time.isAfter(now);
                    time = time.plusMinutes(1)) {
                isDue |= seen.add(time) && fits(pattern, time);
            }
            shown = now;
            if (isDue && at.isAfter(from)) {
                due.add(at);
            }
        }
        return due;
    }

    private static boolean fits(Pattern pattern, LocalDateTime time) {
        return pattern.days().fits(time.toLocalDate())
                && pattern.hours().contains(time.getHour())
                && pattern.minutes().contains(time.getMinute());
    }

    @Provide
    Arbitrary<Pattern> patterns() {
        var days = Combinators.combine(some(1, 31), some(1, 12), some(1, 7), Arbitraries.of(true, false))
                .as(Days::new);
        return Combinators.combine(days, some(0, 23), some(0, 59)).as(Pattern::new);
    }

    /** All in half of the cases. */
    private static Arbitrary<NavigableSet<Integer>> some(int least, int most) {
        return Arbitraries.oneOf(
                Arbitraries.just(AtTest.all(least, most)),
                Arbitraries.integers()
                        .between(least, most)
                        .set()
                        .ofMinSize(1)
                        .ofMaxSize(6)
                        .map(TreeSet::new));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }

    /** Around changes of clocks, and anywhere. */
    @Provide
    Arbitrary<Instant> days() {
        var changes = ZONES.stream()
                .flatMap(zone -> {
                    var found = new ArrayList<Instant>();
                    var rules = ZoneId.of(zone).getRules();
                    var at = rules.nextTransition(Instant.parse("2010-01-01T00:00:00Z"));
                    while (at != null && at.getInstant().isBefore(Instant.parse("2030-01-01T00:00:00Z"))) {
                        found.add(at.getInstant());
                        at = rules.nextTransition(at.getInstant());
                    }
                    return found.stream();
                })
                .toList();
        var minutes = Arbitraries.longs().between(0, 3 * 1_440);
        return Arbitraries.oneOf(
                Combinators.combine(Arbitraries.of(changes), minutes)
                        .as((change, before) -> change.minusSeconds(60 * before)),
                Arbitraries.longs()
                        .between(0, 20L * 365 * 1_440)
                        .map(minute -> Instant.parse("2010-01-01T00:00:00Z").plusSeconds(60 * minute)));
    }
}
