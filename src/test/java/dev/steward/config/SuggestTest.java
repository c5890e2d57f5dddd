package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestTest {
    @Test
    void it_counts_edits_and_a_swap_as_one() {
        assertThat(Suggest.distance("", "abc")).isEqualTo(3);
        assertThat(Suggest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggest.distance("frist", "first")).isEqualTo(1);
        assertThat(Suggest.distance("same", "same")).isZero();
    }

    @Test
    void it_finds_the_nearest_word_whatever_its_case_and_dashes() {
        assertThat(Suggest.nearest("Keep-Alive", List.of("label", "keep_alive")))
                .contains("keep_alive");
        assertThat(Suggest.nearest("backof", List.of("backoff", "back"))).contains("backoff");
    }

    @Test
    void it_lists_what_is_possible_if_nothing_is_near() {
        assertThat(Suggest.among("banana", List.of("kill", "keep"))).isEqualTo("possible: kill, keep");
        assertThat(Suggest.among("x", List.of("a", "b"))).isEqualTo("possible: a, b");
        assertThat(Suggest.among("x".repeat(10_000), List.of("a"))).isEqualTo("possible: a");
    }
}
