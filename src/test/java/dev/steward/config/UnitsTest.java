package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class UnitsTest {
    @Property
    void a_duration_is_read_back_as_it_was_printed(@ForAll @LongRange(max = 36_500L * 86_400_000) long millis) {
        var duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Durations.print(duration))).isEqualTo(Parsed.good(duration));
        assertThat(Durations.print(duration)).matches(Durations.PATTERN);
    }

    @Property
    void a_size_is_read_back_as_it_was_printed(@ForAll @LongRange(max = Long.MAX_VALUE) long bytes) {
        assertThat(DataSize.parse(new DataSize(bytes).toString())).isEqualTo(Parsed.good(new DataSize(bytes)));
        assertThat(new DataSize(bytes).toString()).matches(DataSize.PATTERN);
    }

    @Property
    void any_text_is_a_duration_or_a_message(@ForAll String text) {
        switch (Durations.parse(text)) {
            case Parsed.Good(var duration) -> assertThat(duration).isBetween(Duration.ZERO, Duration.ofDays(36_500));
            case Parsed.Bad(var message, var suggestion) -> assertThat(message).isNotBlank();
        }
    }

    @Property
    void any_text_is_a_size_or_a_message(@ForAll String text) {
        switch (DataSize.parse(text)) {
            case Parsed.Good(var size) -> assertThat(size.bytes()).isNotNegative();
            case Parsed.Bad(var message, var suggestion) -> assertThat(message).isNotBlank();
        }
    }

    @Example
    void durations_add_up_their_units() {
        assertThat(Durations.parse("10s")).isEqualTo(Parsed.good(Duration.ofSeconds(10)));
        assertThat(Durations.parse("100ms")).isEqualTo(Parsed.good(Duration.ofMillis(100)));
        assertThat(Durations.parse("1h30m")).isEqualTo(Parsed.good(Duration.ofMinutes(90)));
        assertThat(Durations.parse("1d2h3m4s5ms"))
                .isEqualTo(Parsed.good(Duration.ofDays(1)
                        .plusHours(2)
                        .plusMinutes(3)
                        .plusSeconds(4)
                        .plusMillis(5)));
        assertThat(Durations.parse("0s")).isEqualTo(Parsed.good(Duration.ZERO));
        assertThat(Durations.print(Duration.ofMillis(90_500))).isEqualTo("1m30s500ms");
    }

    @Example
    void a_duration_without_unit_is_given_one() {
        assertThat(Durations.parse("10")).isEqualTo(Parsed.bad("10 has no unit", "write 10s for seconds"));
    }

    @Example
    void a_thousand_and_a_kilobyte_differ() {
        assertThat(DataSize.parse("1MB")).isEqualTo(Parsed.good(new DataSize(1_000_000)));
        assertThat(DataSize.parse("1MiB")).isEqualTo(Parsed.good(new DataSize(1 << 20)));
        assertThat(DataSize.parse("1kB")).isEqualTo(DataSize.parse("1KB"));
        assertThat(DataSize.parse("7B")).isEqualTo(Parsed.good(new DataSize(7)));
    }

    @Example
    void a_bad_size_says_what_to_write() {
        assertThat(DataSize.parse("10")).isEqualTo(Parsed.bad("10 has no unit", "write 10MB, or 10B for bytes"));
        assertThat(DataSize.parse("10Mb")).isEqualTo(Parsed.bad("'10Mb' has an unknown unit", "did you mean MB?"));
        assertThat(DataSize.parse("99999999TiB"))
                .isEqualTo(Parsed.bad("'99999999TiB' is more than a file can hold", ""));
    }
}
