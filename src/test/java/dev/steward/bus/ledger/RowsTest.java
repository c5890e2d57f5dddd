package dev.steward.bus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1677-09-21T00:12:43.145224192Z",
                "1677-09-21T00:12:43.5Z",
                "1969-12-31T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z",
                "2262-04-11T23:47:16.854775807Z"
            })
    void a_time_that_a_number_can_hold_comes_out_as_it_went_in(String time) {
        var at = Instant.parse(time);
        assertThat(Rows.instant(Rows.nanos(at))).isEqualTo(at);
    }

    @Test
    void what_lies_beyond_is_the_first_or_the_last() {
        assertThat(Rows.nanos(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
        assertThat(Rows.nanos(Instant.parse("1677-09-21T00:12:43.145224191Z"))).isEqualTo(Long.MIN_VALUE);
        assertThat(Rows.nanos(Instant.parse("2262-04-11T23:47:16.854775808Z"))).isEqualTo(Long.MAX_VALUE);
        assertThat(Rows.nanos(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    }
}
