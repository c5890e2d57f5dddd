package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimersTest {
    private final Timers timers = new Timers();
    private final List<String> done = new ArrayList<>();

    private Timers.Timer at(long nanos, String name) {
        return timers.at(nanos, () -> done.add(name));
    }

    @Test
    void nothing_is_done_before_its_time() {
        at(10, "a");
        timers.run(9);
        assertThat(done).isEmpty();
        timers.run(10);
        assertThat(done).containsExactly("a");
        timers.run(11);
        assertThat(done).containsExactly("a");
    }

    @Test
    void what_is_due_at_one_time_is_done_in_the_order_in_which_it_was_asked_for() {
        at(10, "a");
        at(5, "b");
        at(10, "c");
        at(5, "d");
        timers.run(10);
        assertThat(done).containsExactly("b", "d", "a", "c");
    }

    @Test
    void what_was_called_off_is_not_done_and_nobody_waits_for_it() {
        var first = at(1_000_000, "a");
        at(9_000_000, "b");
        first.callOff();
        assertThat(timers.millisUntilNext(0)).isEqualTo(9);
        timers.run(2_000_000);
        assertThat(done).isEmpty();
    }

    @Test
    void one_can_call_off_another_that_is_due_too() {
        var later = new ArrayList<Timers.Timer>();
        timers.at(1, () -> later.getFirst().callOff());
        later.add(at(2, "b"));
        timers.run(10);
        assertThat(done).isEmpty();
        assertThat(timers.millisUntilNext(10)).isEqualTo(-1);
    }

    @Test
    void what_is_asked_for_meanwhile_is_done_too_if_it_is_due() {
        timers.at(1, () -> {
            at(5, "due");
            at(50, "later");
        });
        timers.run(10);
        assertThat(done).containsExactly("due");
        assertThat(timers.millisUntilNext(10)).isEqualTo(1);
    }

    @Test
    void without_anything_to_do_one_may_wait_for_ever() {
        assertThat(timers.millisUntilNext(0)).isEqualTo(-1);
        at(1, "a").callOff();
        assertThat(timers.millisUntilNext(0)).isEqualTo(-1);
    }

    @Test
    void what_is_overdue_is_not_waited_for() {
        at(-5, "a");
        assertThat(timers.millisUntilNext(1_000)).isZero();
    }

    @Test
    void a_wait_of_a_century_is_cut_to_what_the_kernel_takes() {
        at(3_153_600_000_000L * 1_000_000, "a");
        assertThat(timers.millisUntilNext(0)).isEqualTo(Integer.MAX_VALUE);
    }

    @Property
    void who_waits_as_long_as_is_said_is_never_too_early(
            @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long at,
            @ForAll @LongRange(min = -1_000_000_000L, max = 1_000_000_000L) long now) {
        var one = new Timers();
        one.at(at, () -> {});
        var millis = one.millisUntilNext(now);
        assertThat(now + millis * 1_000_000L).isGreaterThanOrEqualTo(Math.min(at, now));
        if (at > now) {
            assertThat(now + millis * 1_000_000L).isBetween(at, at + 999_999);
        }
    }

    @Property
    void all_are_done_once_and_in_order(@ForAll @Size(max = 50) List<@LongRange(min = 0, max = 100) Long> times) {
        var order = new ArrayList<Integer>();
        var many = new Timers();
        IntStream.range(0, times.size()).forEach(i -> many.at(times.get(i), () -> order.add(i)));
        for (var now = 0; now <= 100; now += 7) {
            many.run(now);
        }
        many.run(100);
        assertThat(order)
                .containsExactlyElementsOf(IntStream.range(0, times.size())
                        .boxed()
                        .sorted(Comparator.comparing((Integer i) -> times.get(i)))
                        .toList());
    }
}
