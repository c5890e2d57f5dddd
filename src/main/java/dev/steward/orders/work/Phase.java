package dev.steward.orders.work;

import java.util.Optional;

/** Where an attempt is. */
sealed interface Phase {
    /**
     * Its process is there, and waits for the word that the attempt is recorded.
     *
     * @param stop why that word is not to come any more
     */
    record Held(Optional<Why> stop) implements Phase {}

    /** Its process ended while the attempt was being recorded. */
    record Fallen(Optional<Why> stop, End end) implements Phase {}

    /** Its handler runs. */
    record Running() implements Phase {}

    /** Its handler is asked to end, and killed after a while. */
    record Stopping(Why why) implements Phase {}

    /** Its process has ended; what is left of it is being ended. */
    record Clearing(End end) implements Phase {}

    /** Nothing of it lives; what it came to is being recorded. */
    record Recording(End end) implements Phase {}

    /** It is recorded, as far as anybody is to be told. */
    record Over() implements Phase {}
}
