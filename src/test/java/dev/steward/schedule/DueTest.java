package dev.steward.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.schedule.Lateness.Missed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DueTest {
    private static final Instant ANCHOR = Instant.parse("2026-01-01T00:00:00Z");
    private static final Schedule HOURLY = new Schedule.Every(Duration.ofHours(1));

    private static Instant at(Duration after) {
        return ANCHOR.plus(after);
    }

    private static Instant hour(int hour) {
        return at(Duration.ofHours(hour));
    }

    private static Due due(Schedule schedule, Instant handled, Instant now, Missed missed, Duration... grace) {
        return Due.of(
                schedule,
                ANCHOR,
                handled,
                now,
                new Lateness(missed, grace.length == 0 ? Optional.empty() : Optional.of(grace[0])));
    }

    @Test
    void what_comes_at_its_time_is_run_whatever_is_done_about_missed_ones() {
        for (var missed : Missed.values()) {
            var now = hour(5).plusMillis(3);
            assertThat(due(HOURLY, hour(4), now, missed, Duration.ZERO))
                    .isEqualTo(new Due(List.of(hour(5)), 0, Optional.of(hour(6))));
        }
    }

    @Test
    void before_its_time_nothing_is() {
        assertThat(due(HOURLY, hour(4), hour(5).minusNanos(1), Missed.ALL))
                .isEqualTo(new Due(List.of(), 0, Optional.of(hour(5))));
    }

    @Test
    void after_a_sleep_one_run_is_for_all_that_were_missed() {
        var now = hour(9).plusSeconds(1_800);
        assertThat(due(HOURLY, hour(4), now, Missed.ONCE))
                .isEqualTo(new Due(List.of(hour(9)), 4, Optional.of(hour(10))));
    }

    @Test
    void or_none_or_each() {
        var now = hour(9).plusSeconds(1_800);
        assertThat(due(HOURLY, hour(4), now, Missed.SKIP).runs()).isEmpty();
        assertThat(due(HOURLY, hour(4), now, Missed.SKIP).letGo()).isEqualTo(5);
        assertThat(due(HOURLY, hour(4), now, Missed.ALL, Duration.ofHours(3)).runs())
                .containsExactly(hour(7), hour(8), hour(9));
    }

    @Test
    void too_late_is_not_run() {
        var now = hour(9).plusSeconds(1_800);
        assertThat(due(HOURLY, hour(4), now, Missed.ONCE, Duration.ofMinutes(29))
                        .runs())
                .isEmpty();
        assertThat(due(HOURLY, hour(4), now, Missed.ONCE, Duration.ofMinutes(30))
                        .runs())
                .containsExactly(hour(9));
    }

    @Test
    void a_year_of_seconds_is_no_stampede() {
        var each = new Schedule.Every(Duration.ofSeconds(1));
        var now = at(Duration.ofDays(365));

        var due = due(each, ANCHOR, now, Missed.ALL, Duration.ofDays(365));

        assertThat(due.runs()).hasSize(Due.MOST).endsWith(now.minusSeconds(1), now);
        assertThat(due.letGo()).isEqualTo(Due.COUNTED - Due.MOST);
        assertThat(due.next()).contains(now.plusSeconds(1));
    }

    @Test
    void a_clock_that_was_put_back_repeats_nothing() {
        assertThat(due(HOURLY, hour(9), hour(5).plusSeconds(1), Missed.ALL, Duration.ofDays(1))
                        .runs())
                .isEmpty();
    }

    /** However often and whenever somebody asks. */
    @Property
    void each_time_is_run_once_or_let_go_once(@ForAll List<@IntRange(min = 0, max = 20_000) Integer> seconds) {
        var runs = new ArrayList<Instant>();
        var counted = 0;
        var handled = ANCHOR;
        for (var step : seconds) {
            var now = handled.plusSeconds(step);
            var due = due(HOURLY, handled, now, Missed.ALL, Duration.ofHours(2));
            runs.addAll(due.runs());
            counted += due.runs().size() + due.letGo();
            handled = now;
        }

        assertThat(runs).isSorted().doesNotHaveDuplicates();
        assertThat(counted)
                .isEqualTo(Math.toIntExact(Duration.between(ANCHOR, handled).toHours()));
    }
}
