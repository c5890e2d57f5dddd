package dev.steward.control;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody may ask of a work order by hand. */
public enum OrderVerb {
    /** One more attempt. */
    RETRY,
    /** Nobody is to work on it any more. */
    CANCEL,
    /** It is given up. */
    ABANDON,
    /** It was worked, well. */
    DONE,
    /** It was worked, and went wrong; there is no further attempt. */
    FAIL;

    /** As it is typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<OrderVerb> of(String word) {
        return Stream.of(values()).filter(verb -> verb.word().equals(word)).findFirst();
    }
}
