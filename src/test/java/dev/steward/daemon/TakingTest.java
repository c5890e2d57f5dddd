package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class TakingTest {
    private final ArrayList<String> taken = new ArrayList<>();
    private boolean isBroken = true;

    private void taker(String next) {
        if (isBroken) {
            throw new IllegalStateException("no more descriptors");
        }
        taken.add(next);
    }

    @Test
    void what_could_not_be_taken_up_is_told_and_tried_again() {
        var taking = new Taking<String>(this::taker);
        taking.take("next");
        taking.again();

        assertThat(taking.problem().orElseThrow()).contains("tried again", "no more descriptors");
        isBroken = false;
        taking.again();
        assertThat(taking.problem()).isEmpty();
        taking.again();
        assertThat(taken).containsExactly("next");
    }
}
