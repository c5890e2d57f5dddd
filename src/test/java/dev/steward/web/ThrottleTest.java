package dev.steward.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.web.Ping.Kind;
import dev.steward.web.Throttle.Decision;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private static final long A_SECOND = 1_000_000_000L;

    private static int passed(Throttle throttle, Kind kind, int times, long nanos) {
        var passed = 0;
        for (var i = 0; i < times; i++) {
            if (throttle.decide(kind, nanos) == Decision.PASS_ON) {
                passed++;
            }
        }
        return passed;
    }

    @Test
    void ten_beats_after_the_first_pass_at_once_and_one_each_tenth_of_a_second() {
        var throttle = new Throttle(0);

        assertThat(passed(throttle, Kind.BEAT, 100, 0)).isEqualTo(11);
        assertThat(passed(throttle, Kind.BEAT, 100, A_SECOND / 10 - 1)).isZero();
        assertThat(passed(throttle, Kind.BEAT, 100, A_SECOND / 10)).isEqualTo(1);
        assertThat(passed(throttle, Kind.BEAT, 100, 10 * A_SECOND)).isEqualTo(10);
    }

    @Test
    void a_beat_too_many_has_been_said_already() {
        var throttle = new Throttle(0);
        passed(throttle, Kind.BEAT, 100, 0);

        assertThat(throttle.decide(Kind.BEAT, 0)).isEqualTo(Decision.SAID_ALREADY);
    }

    @Test
    void beats_hide_no_change() {
        var throttle = new Throttle(0);
        passed(throttle, Kind.BEAT, 1000, 0);

        assertThat(throttle.decide(Kind.FAIL, 0)).isEqualTo(Decision.PASS_ON);
        assertThat(throttle.decide(Kind.START, 0)).isEqualTo(Decision.PASS_ON);
    }

    @Test
    void a_beat_after_a_failure_is_a_change() {
        var throttle = new Throttle(0);
        passed(throttle, Kind.BEAT, 1000, 0);
        throttle.decide(Kind.FAIL, 0);

        assertThat(throttle.decide(Kind.BEAT, 0)).isEqualTo(Decision.PASS_ON);
        assertThat(throttle.decide(Kind.BEAT, 0)).isEqualTo(Decision.SAID_ALREADY);
    }

    @Test
    void a_change_too_many_is_refused() {
        var throttle = new Throttle(0);

        assertThat(passed(throttle, Kind.FAIL, 11, 0)).isEqualTo(10);
        assertThat(throttle.decide(Kind.START, 0)).isEqualTo(Decision.TOO_MANY);
        assertThat(throttle.decide(Kind.START, A_SECOND / 10)).isEqualTo(Decision.PASS_ON);
    }

    @Property
    void whatever_comes_no_more_than_twenty_pass_a_second_and_twenty_at_once(
            @ForAll @Size(max = 200) List<Kind> kinds, @ForAll @LongRange(max = A_SECOND / 10) long apart) {
        var throttle = new Throttle(Long.MAX_VALUE);
        long nanos = 0;
        var passed = 0;
        for (var kind : kinds) {
            if (throttle.decide(kind, Long.MAX_VALUE + nanos) == Decision.PASS_ON) {
                passed++;
            }
            nanos += apart;
        }

        assertThat(passed).isLessThanOrEqualTo((int) (20 + 20 * nanos / A_SECOND));
    }

    @Property
    void what_was_said_last_was_passed_on_or_refused_aloud(@ForAll @Size(max = 100) List<Kind> kinds) {
        var throttle = new Throttle(0);
        Kind last = null;
        for (var kind : kinds) {
            switch (throttle.decide(kind, 0)) {
                case PASS_ON -> last = kind;
                case SAID_ALREADY -> assertThat(kind).isEqualTo(last);
                case TOO_MANY ->
                    assertThat(kind == Kind.BEAT && last == Kind.BEAT).isFalse();
            }
        }
    }
}
