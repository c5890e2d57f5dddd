package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RulesPropertyTest {
    private static final Instant NOW = Instant.parse("2025-10-30T05:29:04Z");

    @Property
    void each_pause_is_twice_the_one_before_until_it_is_the_longest(
            @ForAll @LongRange(min = 1, max = 100_000) long first,
            @ForAll @LongRange(min = 1, max = 10_000_000) long max,
            @ForAll @IntRange(min = 1, max = 2_000) int attempt) {
        var rules = new Rules(
                Optional.empty(), Optional.empty(), new Backoff(Duration.ofMillis(first), Duration.ofMillis(max)));

        assertThat(rules.pause(1).toMillis()).isEqualTo(Math.min(first, max));
        assertThat(rules.pause(attempt + 1).toMillis())
                .isEqualTo(Math.min(max, 2 * rules.pause(attempt).toMillis()));
    }

    @Property
    void no_attempt_follows_the_last_retry(
            @ForAll @IntRange(max = 20) int retries, @ForAll @IntRange(min = 1, max = 40) int attempt) {
        var rules = new Rules(
                Optional.empty(), Optional.of(retries), new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)));

        assertThat(rules.again(attempt, NOW).isPresent()).isEqualTo(attempt <= retries);
    }

    @Test
    void without_a_worker_there_is_always_another_attempt() {
        assertThat(Rules.none().again(1_000_000, NOW)).contains(NOW.plus(Duration.ofMinutes(5)));
    }
}
