package dev.steward.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    static NavigableSet<Integer> all(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().collect(Collectors.toCollection(TreeSet::new));
    }

    static Days everyDay() {
        return new Days(all(1, 31), all(1, 12), all(1, 7), false);
    }

    private static Schedule at(List<Integer> hours, List<Integer> minutes) {
        return new Schedule.At(List.of(new Pattern(everyDay(), new TreeSet<>(hours), new TreeSet<>(minutes))), BERLIN);
    }

    private static List<String> next(Schedule schedule, String after, int many) {
        var times = new ArrayList<String>();
        var at = Instant.parse(after);
        for (int i = 0; i < many; i++) {
            at = schedule.next(at, Instant.EPOCH).orElseThrow();
            times.add(at.toString());
        }
        return times;
    }

    @Test
    void a_time_that_does_not_exist_is_the_next_instant_that_does() {
        assertThat(next(at(List.of(2), List.of(30)), "2026-03-28T00:00:00Z", 3))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void all_times_of_a_gap_are_one() {
        assertThat(next(at(List.of(1, 2, 3), List.of(0, 20, 40)), "2026-03-29T00:30:00Z", 4))
                .containsExactly(
                        "2026-03-29T00:40:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z");
    }

    @Test
    void a_time_that_occurs_twice_is_the_first_of_the_two() {
        assertThat(next(at(List.of(2), List.of(30)), "2026-10-24T12:00:00Z", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void nothing_is_due_once_more_in_the_hour_that_comes_twice() {
        assertThat(next(at(new ArrayList<>(all(0, 23)), List.of(0, 30)), "2026-10-25T00:10:00Z", 3))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z", "2026-10-25T02:30:00Z");
    }

    @Test
    void a_day_that_never_comes_is_said() {
        var february30 = new Days(new TreeSet<>(List.of(30)), new TreeSet<>(List.of(2)), all(1, 7), false);
        var schedule = new Schedule.At(List.of(new Pattern(february30, all(0, 23), all(0, 59))), BERLIN);

        assertThat(schedule.next(Instant.parse("2026-01-01T00:00:00Z"), Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void a_leap_day_on_a_sunday_is_found_over_a_century_without_one() {
        var day = new Days(new TreeSet<>(List.of(29)), new TreeSet<>(List.of(2)), new TreeSet<>(List.of(7)), false);
        var schedule = new Schedule.At(
                List.of(new Pattern(day, new TreeSet<>(List.of(0)), new TreeSet<>(List.of(0)))), ZoneId.of("UTC"));

        assertThat(next(schedule, "2072-01-01T00:00:00Z", 2))
                .containsExactly("2088-02-29T00:00:00Z", "2128-02-29T00:00:00Z");
    }

    @Test
    void either_day_fits_where_cron_says_so() {
        var days = new Days(new TreeSet<>(List.of(13)), all(1, 12), new TreeSet<>(List.of(5)), true);

        assertThat(days.fits(LocalDateTime.parse("2026-11-13T00:00").toLocalDate()))
                .isTrue();
        assertThat(days.fits(LocalDateTime.parse("2026-11-20T00:00").toLocalDate()))
                .isTrue();
        assertThat(days.fits(LocalDateTime.parse("2026-12-13T00:00").toLocalDate()))
                .isTrue();
        assertThat(days.fits(LocalDateTime.parse("2026-12-14T00:00").toLocalDate()))
                .isFalse();
    }
}
