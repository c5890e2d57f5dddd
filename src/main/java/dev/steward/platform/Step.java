package dev.steward.platform;

import java.util.List;
import java.util.Set;

/**
 * One command of several in a row.
 *
 * @param mayFail whether the next is run however this one ends
 * @param good exit statuses that mean that it is done, or will be
 */
record Step(List<String> words, boolean mayFail, Set<Integer> good) {
    static Step must(List<String> words) {
        return new Step(words, false, Set.of(0));
    }

    static Step may(List<String> words) {
        return new Step(words, true, Set.of(0));
    }

    String typed() {
        return Commands.typed(words);
    }
}
