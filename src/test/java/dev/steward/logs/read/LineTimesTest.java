package dev.steward.logs.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineTimesTest {
    private static final ZoneId BANGKOK = ZoneId.of("Asia/Bangkok");
    private static final Instant NOW = Instant.parse("2025-11-24T00:00:00Z");

    private static Optional<Instant> of(byte[] line) {
        return new LineTimes(BANGKOK).of(line, line.length, NOW);
    }

    private static Optional<Instant> of(String line) {
        return of(line.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2025-10-30T05:49:11Z up                                       | 2025-10-30T05:49:11Z
            2025-10-30T05:49:11+07:00                                     | 2025-10-29T22:49:11Z
            2025-10-30T05:49:11+0700 up                                   | 2025-10-29T22:49:11Z
            2025-10-30T05:49:11-07 up                                     | 2025-10-30T12:49:11Z
            2025-10-30 05:49:11 +0700 up                                  | 2025-10-29T22:49:11Z
            2025-10-30 05:49:11 UTC up                                    | 2025-10-30T05:49:11Z
            2025-10-30 05:49:11 -5 degrees                                | 2025-10-29T22:49:11Z
            2025-10-30 05:49:11 [OK] redis ping                           | 2025-10-29T22:49:11Z
            2025-10-30 05:49:11,123 INFO                                  | 2025-10-29T22:49:11.123Z
            2025-10-30T05:49:11.123456789Z                                | 2025-10-30T05:49:11.123456789Z
            2025-10-30T05:49:11.1234567891234Z                            | 2025-10-30T05:49:11.123456789Z
            2025-10-30T05:49                                              | 2025-10-29T22:49:00Z
            [2025-10-30 05:49:11] up                                      | 2025-10-29T22:49:11Z
            [2025-10-30T05:49:11Z INFO  app] up                           | 2025-10-30T05:49:11Z
            2025-12-31T23:59:60Z leap                                     | 2026-01-01T00:00:00Z
            2025/10/30 05:49:11 main.go:3: up                             | 2025-10-29T22:49:11Z
            2025-10-30_05:49:11.12345 svlogd                              | 2025-10-30T05:49:11.123450Z
            @400000006902fc612ef02e94 multilog                            | 2025-10-30T05:49:11.787492500Z
            Nov 23 11:13:32 host sshd[1]: up                              | 2025-11-23T04:13:32Z
            Nov  3 11:13:32 host up                                       | 2025-11-03T04:13:32Z
            Dec 31 23:59:59 host up                                       | 2024-12-31T16:59:59Z
            Feb 29 12:00:00 host leap                                     | 2024-02-29T05:00:00Z
            <34>Nov 23 11:13:32 host up                                   | 2025-11-23T04:13:32Z
            <34>1 2025-10-11T22:14:15.003Z host up                        | 2025-10-11T22:14:15.003Z
            [10/Oct/2000:13:55:36 -0700]                                  | 2000-10-10T20:55:36Z
            1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 | 2000-10-10T20:55:36Z
            [Wed Oct 11 14:32:52.123456 2000] [error] up                  | 2000-10-11T07:32:52.123456Z
            Thu Oct 30 05:49:11 UTC 2025                                  | 2025-10-30T05:49:11Z
            Thu Oct 30 05:49:11 ICT 2025 up                               | 2025-10-29T22:49:11Z
            Thu Oct 30 05:49:11 +07 2025                                  | 2025-10-29T22:49:11Z
            1761865045 up                                                 | 2025-10-30T22:57:25Z
            1761865045.25 up                                              | 2025-10-30T22:57:25.250Z
            1761865045250: up                                             | 2025-10-30T22:57:25.250Z
            {"ts":1761865045,"msg":"up"}                                  | 2025-10-30T22:57:25Z
            {"ts": 1761865045.5}                                          | 2025-10-30T22:57:25.500Z
            {"level":30,"time":1761865045250}                             | 2025-10-30T22:57:25.250Z
            {"msg":"\\"time\\":1","timestamp":"2025-10-30T05:49:11Z"}     | 2025-10-30T05:49:11Z
            {"a":{"ts":1},"b":[{"time":1}],"@timestamp":"2025-10-30T05:49:11+07:00"} | 2025-10-29T22:49:11Z
            {"time":null,"ts":"2025-10-30 05:49:11"                       | 2025-10-29T22:49:11Z
            """)
    void it_finds_the_time_that_a_line_begins_with(String line, Instant expected) {
        assertThat(of(line)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"ts\"",
                "{\"ts\":}",
                "{\"nested\":{\"ts\":1761865045}}",
                "[",
                "<34>",
                "@40000000",
                "@ffffffffffffffffffffffff",
                "up since 2025-10-30T05:49:11Z",
                "    at Main.main(Main.java:3)",
                "2025-10-30",
                "2025-10-30 up",
                "2025-02-30T05:49:11Z",
                "2025-13-01T05:49:11Z",
                "2025-10-30T24:49:11Z",
                "2025-10-30T05:61:11Z",
                "2025-10/30 05:49:11",
                "2025-10-30T05:49:111",
                "12025-10-30T05:49:11",
                "Nov 31 11:13:32 host",
                "November 23 11:13:32",
                "1761865045abc",
                "1761865045-7",
                "176186504",
                "05:49:11 up",
                "a [bracket] 10/Oct/2000:13:55:36",
                "=== CLS agent boot 2025-10-30 05:49:11 ==="
            })
    void it_takes_nothing_else_for_a_time(String line) {
        assertThat(of(line)).isEmpty();
    }

    @Test
    void it_looks_behind_colours() {
        assertThat(of("\u001b[2m2025-10-30T05:49:11Z\u001b[0m up")).contains(Instant.parse("2025-10-30T05:49:11Z"));
        assertThat(of("\u001b[1;32m[2025-10-30 05:49:11Z]")).contains(Instant.parse("2025-10-30T05:49:11Z"));
        assertThat(of("\u001b[")).isEmpty();
    }

    @Test
    void a_time_without_a_year_is_of_the_last_year_that_makes_it_past() {
        var line = "Nov 24 20:00:00 host".getBytes(StandardCharsets.UTF_8);
        var times = new LineTimes(ZoneOffset.UTC);
        assertThat(times.of(line, line.length, Instant.parse("2025-11-24T00:00:00Z")))
                .as("another clock may be ahead")
                .contains(Instant.parse("2025-11-24T20:00:00Z"));
        assertThat(times.of(line, line.length, Instant.parse("2025-11-20T00:00:00Z")))
                .contains(Instant.parse("2024-11-24T20:00:00Z"));
        assertThat(times.of(line, line.length, Instant.parse("2025-01-01T00:00:00Z")))
                .contains(Instant.parse("2024-11-24T20:00:00Z"));
        var newYear = "Jan  1 00:00:01 host".getBytes(StandardCharsets.UTF_8);
        assertThat(times.of(newYear, newYear.length, Instant.parse("2024-12-31T23:59:59Z")))
                .contains(Instant.parse("2025-01-01T00:00:01Z"));
    }

    @Property(tries = 1_000)
    void whatever_a_line_is_made_of_it_has_a_time_or_none(@ForAll byte[] line) {
        assertThat(of(line)).isNotNull();
    }

    @Property(tries = 1_000)
    void a_line_that_is_cut_anywhere_or_changed_anywhere_has_a_time_or_none(
            @ForAll("lines") String line, @ForAll int at, @ForAll byte instead) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        var where = Math.floorMod(at, bytes.length);
        assertThat(new LineTimes(BANGKOK).of(bytes, where, NOW)).isNotNull();
        bytes[where] = instead;
        assertThat(of(bytes)).isNotNull();
    }

    @Provide
    Arbitrary<String> lines() {
        return Arbitraries.of(
                "2025-10-30T05:49:11.123+07:00 x",
                "<34>1 2025-10-11T22:14:15.003Z host",
                "[Wed Oct 11 14:32:52.123456 2000] x",
                "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] x",
                "@400000006902fc612ef02e94 x",
                "{\"a\":[1,{\"b\":\"\\\"\"}],\"ts\":1761865045250}",
                "\u001b[1;32m1761865045.25 x");
    }

    @Property(tries = 500)
    void every_instant_is_read_as_it_is_written(@ForAll @LongRange(min = 0, max = 250_000_000_000L) long millis) {
        var instant = Instant.ofEpochMilli(millis * 10);
        assertThat(of(instant + " up")).contains(instant);
        var local = LocalDateTime.ofInstant(instant, BANGKOK);
        assertThat(of(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS").format(local) + " up"))
                .contains(instant);
        assertThat(of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(local.atZone(BANGKOK)) + " up"))
                .contains(instant);
    }
}
