package dev.steward.orders.work;

/** What happens to an attempt. */
sealed interface Event {
    /** That it begins is recorded. */
    record Begun() implements Event {}

    /** That it begins could not be recorded, or somebody else was faster. */
    record NotBegun() implements Event {}

    /** Its handler is to be stopped. */
    record Stop(Why why) implements Event {}

    /** Its process ended. */
    record Ended(End end) implements Event {}

    /** What was asked to end has not. */
    record GraceOver() implements Event {}

    /** Nothing of it lives any more. */
    record Cleared() implements Event {}

    /** What it came to is recorded. */
    record Recorded() implements Event {}
}
