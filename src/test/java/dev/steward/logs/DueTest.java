package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.DataSize;
import dev.steward.config.LogRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DueTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final LogRules LARGE = rules(new LogRules.Due(Optional.of(new DataSize(100)), Optional.empty()));
    private static final LogRules OLD = rules(new LogRules.Due(Optional.empty(), Optional.of(Duration.ofDays(1))));
    private static final LogRules NEVER = rules(new LogRules.Due(Optional.empty(), Optional.empty()));

    private static LogRules rules(LogRules.Due due) {
        var keep = new LogRules.Keep(7, Optional.empty(), new DataSize(1_000));
        return new LogRules(due, keep, false, new LogRules.Strategy.Cut(), Optional.empty());
    }

    @Test
    void a_log_is_large_once_it_has_more_than_the_size() {
        assertThat(Due.isDue(LARGE, 100, Optional.empty(), NOW)).isFalse();
        assertThat(Due.isDue(LARGE, 101, Optional.empty(), NOW)).isTrue();
    }

    @Test
    void a_log_is_old_so_long_after_its_last_rotation() {
        assertThat(Due.isDue(OLD, 1, Optional.of(NOW.minus(Duration.ofDays(1)).plusNanos(1)), NOW))
                .isFalse();
        assertThat(Due.isDue(OLD, 1, Optional.of(NOW.minus(Duration.ofDays(1))), NOW))
                .isTrue();
    }

    @Test
    void without_a_line_no_age_makes_it_due() {
        assertThat(Due.isDue(OLD, 0, Optional.of(Instant.EPOCH), NOW)).isFalse();
    }

    @Test
    void a_clock_that_went_back_makes_nothing_old() {
        assertThat(Due.isDue(OLD, 1, Optional.of(NOW.plus(Duration.ofDays(400))), NOW))
                .isFalse();
    }

    @Test
    void without_a_rule_it_is_due_once_it_is_larger_than_all_that_is_kept() {
        assertThat(Due.isDue(NEVER, 1_000, Optional.of(Instant.EPOCH), NOW)).isFalse();
        assertThat(Due.isDue(NEVER, 1_001, Optional.of(Instant.EPOCH), NOW)).isTrue();
    }

    @Test
    void times_beyond_all_reason_are_borne() {
        var never = rules(new LogRules.Due(Optional.empty(), Optional.of(Duration.ofDays(1_000_000_000_000L))));

        assertThat(Due.isDue(never, 1, Optional.of(Instant.MAX), NOW)).isFalse();
        assertThat(Due.isDue(never, 1, Optional.of(Instant.MIN), NOW)).isFalse();
    }

    @Test
    void an_age_that_nobody_knows_is_none() {
        assertThat(Due.isDue(OLD, 1, Optional.empty(), NOW)).isFalse();
    }
}
