package dev.steward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveryTest {
    @Test
    void it_reads_each_unit() {
        assertThat(Every.parse("500ms")).contains(Duration.ofMillis(500));
        assertThat(Every.parse("10s")).contains(Duration.ofSeconds(10));
        assertThat(Every.parse("1m")).contains(Duration.ofMinutes(1));
        assertThat(Every.parse("24h")).contains(Duration.ofDays(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "0s", "1.5s", "10 s", "10d", "25h", "99999999999999999999s", "١s"})
    void it_refuses_what_is_no_interval(String text) {
        assertThat(Every.parse(text)).isEmpty();
    }
}
