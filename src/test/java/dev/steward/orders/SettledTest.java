package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SettledTest {
    @Test
    void it_knows_what_was_added_and_nothing_else() {
        var settled = new Settled();
        IntStream.range(0, 50_000).forEach(i -> settled.add("WO-" + i));
        IntStream.range(0, 50_000).forEach(i -> settled.add("WO-" + i));

        assertThat(settled.size()).isEqualTo(50_000);
        assertThat(IntStream.range(0, 50_000)).allMatch(i -> settled.contains("WO-" + i));
        assertThat(IntStream.range(50_000, 100_000)).noneMatch(i -> settled.contains("WO-" + i));
    }

    @Test
    void cleared_it_knows_nothing() {
        var settled = new Settled();
        settled.add("WO-1");

        settled.clear();

        assertThat(settled.contains("WO-1")).isFalse();
        assertThat(settled.size()).isZero();
    }
}
