package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Backoff;
import dev.steward.config.Budget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60));
    private static final long CENTURY_MILLIS = Duration.ofDays(36_500).toMillis();

    private static Tally failedInARow(int times) {
        return new Tally(times, 0, times, 0, List.of(), List.of());
    }

    @Test
    void the_pause_doubles_from_the_first_to_the_longest() {
        var pauses = new ArrayList<Long>();
        for (var times = 1; times <= 12; times++) {
            pauses.add(failedInARow(times).afterFailure(BACKOFF, 0).toMillis());
        }
        assertThat(pauses)
                .containsExactly(
                        100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 51_200L, 60_000L, 60_000L);
    }

    @Test
    void a_first_pause_above_the_longest_is_the_longest() {
        var odd = new Backoff(Duration.ofSeconds(90), Duration.ofSeconds(60));
        assertThat(failedInARow(1).afterFailure(odd, 0)).isEqualTo(Duration.ofSeconds(60));
    }

    @Property
    void a_pause_lies_between_four_fifths_of_the_first_and_the_longest(
            @ForAll @IntRange(min = 1) int times,
            @ForAll @LongRange(min = 1, max = 3_153_600_000_000L) long first,
            @ForAll @LongRange(min = 1, max = 3_153_600_000_000L) long longest,
            @ForAll @DoubleRange(max = 1) double jitter) {
        assertThat(CENTURY_MILLIS).as("the longest that can be configured").isEqualTo(3_153_600_000_000L);
        var backoff = new Backoff(Duration.ofMillis(first), Duration.ofMillis(longest));
        var full = failedInARow(times).afterFailure(backoff, 0);

        var pause = failedInARow(times).afterFailure(backoff, jitter);

        assertThat(full).isBetween(Duration.ofMillis(Math.min(first, longest)), Duration.ofMillis(longest));
        assertThat(pause).isLessThanOrEqualTo(full);
        assertThat(pause.toNanos()).isGreaterThanOrEqualTo((long) (full.toNanos() * 0.8 * 0.999_999));
    }

    @Property
    void a_pause_is_never_shorter_than_the_one_before(@ForAll @IntRange(min = 1, max = 2_147_483_646) int times) {
        assertThat(failedInARow(times + 1).afterFailure(BACKOFF, 0))
                .isGreaterThanOrEqualTo(failedInARow(times).afterFailure(BACKOFF, 0));
    }

    @Test
    void a_storm_has_a_pause_of_its_own_that_doubles() {
        var tally = Tally.NONE.paused();
        assertThat(tally.afterStorm(BACKOFF, 0)).isEqualTo(Duration.ofMillis(100));
        assertThat(tally.paused().paused().afterStorm(BACKOFF, 0)).isEqualTo(Duration.ofMillis(400));
        assertThat(tally.ready().paused().afterStorm(BACKOFF, 0)).isEqualTo(Duration.ofMillis(200));
    }

    @Property
    void only_what_happened_within_the_time_counts(
            @ForAll @Size(max = 60) List<@LongRange(max = 1_000) Long> gaps,
            @ForAll @IntRange(min = 1, max = 10) int limit,
            @ForAll @IntRange(min = 1, max = 3_000) int within) {
        var budget = new Budget(limit, Duration.ofNanos(within));
        var tally = Tally.NONE;
        var times = new ArrayList<Long>();
        // The monotonic clock may begin anywhere, below zero too.
        var now = -5_000L;
        for (var gap : gaps) {
            now += gap;
            times.add(now);
            tally = tally.restarted(budget, now);
            var oldest = now - within;
            var counted = times.stream().filter(time -> time > oldest).count();
            assertThat(tally.restartStorm(budget)).isEqualTo(counted >= limit);
            assertThat(tally.recentRestarts()).hasSizeLessThanOrEqualTo(limit + 1);
        }
        assertThat(tally.restarts()).isEqualTo(gaps.size());
    }

    @Test
    void the_limit_of_failures_is_a_crash_loop() {
        var budget = new Budget(3, Duration.ofSeconds(60));
        var twice = Tally.NONE.failed(budget, 0).failed(budget, 1);
        assertThat(twice.crashLoop(budget)).isFalse();
        assertThat(twice.failed(budget, 2).crashLoop(budget)).isTrue();
    }

    @Test
    void a_slow_crash_loop_is_one_too() {
        var budget = new Budget(3, Duration.ofSeconds(60));
        var tally = Tally.NONE;
        for (var hour = 1L; hour <= 3; hour++) {
            tally = tally.failed(budget, Duration.ofHours(hour).toNanos());
        }
        assertThat(tally.recentFailures()).hasSize(1);
        assertThat(tally.crashLoop(budget)).isTrue();
    }

    @Test
    void failures_with_proof_between_them_are_one_if_they_are_fast() {
        var budget = new Budget(3, Duration.ofSeconds(60));
        var tally = Tally.NONE;
        for (var second = 1L; second <= 3; second++) {
            tally = tally.ready().failed(budget, Duration.ofSeconds(second).toNanos());
        }
        assertThat(tally.failedInARow()).isEqualTo(1);
        assertThat(tally.crashLoop(budget)).isTrue();
    }

    @Test
    void failures_with_proof_between_them_are_none_if_they_are_slow() {
        var budget = new Budget(3, Duration.ofSeconds(60));
        var tally = Tally.NONE;
        for (var hour = 1L; hour <= 30; hour++) {
            tally = tally.ready().failed(budget, Duration.ofHours(hour).toNanos());
        }
        assertThat(tally.crashLoop(budget)).isFalse();
        assertThat(tally.failures()).isEqualTo(30);
    }

    @Test
    void proof_begins_the_pauses_anew() {
        var tally = failedInARow(9).ready().failed(new Budget(5, Duration.ofSeconds(60)), 0);
        assertThat(tally.afterFailure(BACKOFF, 0)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void calm_forgets_all_but_the_counts() {
        var budget = new Budget(1, Duration.ofSeconds(60));
        var tally = Tally.NONE
                .failed(budget, 1)
                .restarted(budget, 2)
                .restarted(budget, 3)
                .paused();
        assertThat(tally.settled()).isEqualTo(Tally.remembered(1, 2));
        assertThat(tally.settled().crashLoop(budget)).isFalse();
        assertThat(tally.settled().restartStorm(budget)).isFalse();
    }

    @Test
    void ten_thousand_failures_are_kept_as_no_more_than_the_limit_needs() {
        var budget = new Budget(2, Duration.ofDays(1));
        var tally = Tally.NONE;
        for (var i = 0; i < 10_000; i++) {
            tally = tally.failed(budget, i);
        }
        assertThat(tally.recentFailures()).hasSize(3);
        assertThat(tally.failures()).isEqualTo(10_000);
    }
}
