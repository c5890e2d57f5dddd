package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long LIMIT = 1_600;

    private static long after(String duration) {
        return Duration.parse(duration).toNanos();
    }

    @Test
    void a_log_is_looked_at_at_once_and_then_four_times_a_second_while_it_grows() {
        var pace = Pace.begin(0);
        assertThat(pace.isDue(0)).isTrue();
        var grown = pace.seen(10, 0);
        assertThat(grown.isDue(after("PT0.249S"))).isFalse();
        assertThat(grown.isDue(after("PT0.25S"))).isTrue();
    }

    @Test
    void one_that_has_not_grown_for_ten_seconds_rests_until_it_does() {
        var pace = Pace.begin(0).seen(10, 0).seen(10, after("PT9.9S"));
        assertThat(pace.rests(after("PT9.9S"))).isFalse();
        var resting = pace.seen(10, after("PT10S"));
        assertThat(resting.rests(after("PT10S"))).isTrue();
        assertThat(resting.isDue(after("PT10.9S"))).isFalse();
        assertThat(resting.isDue(after("PT11S"))).isTrue();
        assertThat(resting.seen(11, after("PT11S")).rests(after("PT11S"))).isFalse();
    }

    @Test
    void one_that_cannot_be_rotated_is_tried_every_five_seconds() {
        var pace = Pace.begin(0).seen(10, 0).troubled(0);
        assertThat(pace.isDue(after("PT4.9S"))).isFalse();
        assertThat(pace.isDue(after("PT5S"))).isTrue();
    }

    @Test
    void a_punched_head_does_not_have_a_rotation_tried_at_every_look() {
        var punched = Pace.begin(0).seen(9_000, 0);
        assertThat(punched.isLarge(LIMIT)).isTrue();
        var refused = punched.notDue(LIMIT);
        assertThat(refused.seen(9_000, 1).isLarge(LIMIT)).isFalse();
        assertThat(refused.seen(9_100, 1).isLarge(LIMIT)).isFalse();
        assertThat(refused.seen(9_101, 1).isLarge(LIMIT)).isTrue();
    }

    @Test
    void one_that_was_begun_anew_is_judged_anew() {
        var refused = Pace.begin(0).seen(9_000, 0).notDue(LIMIT);
        assertThat(refused.seen(0, 1).seen(1_601, 2).isLarge(LIMIT)).isTrue();
    }

    @Test
    void one_below_its_limit_is_large_with_the_first_byte_above() {
        var small = Pace.begin(0).seen(1_600, 0);
        assertThat(small.isLarge(LIMIT)).isFalse();
        assertThat(small.notDue(LIMIT).seen(1_601, 1).isLarge(LIMIT)).isTrue();
    }
}
