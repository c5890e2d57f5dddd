package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Identity;
import dev.steward.supervise.BeatFile.Look;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents leave in Redis is nothing to be trusted, and has no time but what it says. */
class BeatKeyTest {
    private static final Instant AT = Instant.ofEpochSecond(1_761_865_045);

    private static Look look(Map<String, String> fields) {
        return BeatKey.read("steward:heartbeat:studio:cls", _ -> fields);
    }

    @Test
    void a_beat_says_its_time_its_number_and_whose_it_is() {
        var fields = Map.of("ts", "1761865045", "iter", "2045", "incarnation", "abc", "pid", "7");

        assertThat(look(fields))
                .isEqualTo(new Look.Found(AT, OptionalLong.of(2045), Optional.of("abc"), Stamp.of(fields)));
    }

    @Test
    void it_needs_no_more_than_a_time_in_seconds_or_milliseconds() {
        assertThat(look(Map.of("ts", "1761865045000"))).isInstanceOfSatisfying(Look.Found.class, found -> {
            assertThat(found.at()).isEqualTo(AT);
            assertThat(found.iter()).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "-1", "NaN", "1e300", "2025-10-30T05:29:04+07:00"})
    void without_a_time_it_is_no_beat(String ts) {
        assertThat(look(Map.of("ts", ts, "iter", "1"))).isEqualTo(new Look.Nothing("key has no ts that is a time"));
    }

    @Test
    void a_key_that_is_not_there_is_no_beat() {
        assertThat(look(Map.of())).isEqualTo(new Look.Nothing("key is not there"));
    }

    @Test
    void why_it_cannot_be_read_is_told() {
        var nothing = BeatKey.read("key", _ -> {
            throw new IOException("Redis does not answer");
        });

        assertThat(nothing).isEqualTo(new Look.Unknown("key cannot be read: Redis does not answer"));
    }

    @Test
    void the_last_beat_of_the_incarnation_before_counts_for_nobody() {
        var began = AT.plusSeconds(2);
        var moment = new Pulse.Moment(
                new Incarnation("new", new Identity(1, 1, "boot"), began, 0),
                began.plusSeconds(1),
                Duration.ofSeconds(1).toNanos());

        var pulse = Pulse.begins(0, Optional.empty()).saw(look(Map.of("ts", "1761865045", "iter", "9")), moment);

        assertThat(pulse.beats()).isZero();
        assertThat(pulse.complaint(1)).contains("older than the incarnation");
    }
}
