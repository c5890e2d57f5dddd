package dev.steward.logs.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.logs.read.Moment.TimeOfDay;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    private static final ZoneId BANGKOK = ZoneId.of("Asia/Bangkok");
    /** 06:30 in Bangkok. */
    private static final Instant NOW = Instant.parse("2025-10-29T23:30:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            now                            | 2025-10-29T23:30:00Z
            today                          | 2025-10-29T17:00:00Z
            Yesterday                      | 2025-10-28T17:00:00Z
            10m                            | 2025-10-29T23:20:00Z
            1h30m                          | 2025-10-29T22:00:00Z
            2h ago                         | 2025-10-29T21:30:00Z
            1w1d                           | 2025-10-21T23:30:00Z
            90s                            | 2025-10-29T23:28:30Z
            0s                             | 2025-10-29T23:30:00Z
            05:49                          | 2025-10-29T22:49:00Z
            5:49:11                        | 2025-10-29T22:49:11Z
            23:50                          | 2025-10-29T16:50:00Z
            2025-10-30                     | 2025-10-29T17:00:00Z
            2025-10-30 05:49               | 2025-10-29T22:49:00Z
            2025-10-30T05:49:11+07:00      | 2025-10-29T22:49:11Z
            2025-10-30T05:49:11.5Z         | 2025-10-30T05:49:11.500Z
            2025/10/30 05:49:11            | 2025-10-29T22:49:11Z
            1761865045                     | 2025-10-30T22:57:25Z
            """)
    void it_reads_what_people_write(String text, Instant expected) {
        assertThat(Moment.of(text, TimeOfDay.LAST, NOW, BANGKOK)).contains(expected);
    }

    @Test
    void a_time_of_day_that_is_still_to_come_is_yesterdays_or_todays_as_it_is_asked_for() {
        assertThat(Moment.of("23:50", TimeOfDay.LAST, NOW, BANGKOK)).contains(Instant.parse("2025-10-29T16:50:00Z"));
        assertThat(Moment.of("23:50", TimeOfDay.TODAY, NOW, BANGKOK)).contains(Instant.parse("2025-10-30T16:50:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "m",
                "10",
                "10 minutes",
                "-10m",
                "1m1h",
                "1.5h",
                "9999999999m",
                "25:00",
                "05:60",
                "2025-02-30",
                "2025-10-30T",
                "2025-10-30T05:49:11Zulu",
                "2025-10-30 05:49 and more",
                "tomorrow",
                "{\"ts\":1761865045}",
                "2025-10-30T05:49:11Z 2025-10-30T05:49:11Z 2025-10-30T05:49:11Z 2025-10-30T05:49:11Z"
            })
    void it_refuses_what_is_no_moment(String text) {
        assertThat(Moment.of(text, TimeOfDay.LAST, NOW, BANGKOK)).isEmpty();
    }
}
