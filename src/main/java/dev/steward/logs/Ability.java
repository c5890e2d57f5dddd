package dev.steward.logs;

/** What can be done to the head of a file on some file system: fallocate(2). */
sealed interface Ability {
    /**
     * It can be taken out.
     *
     * @param align in multiples of so many bytes
     */
    record Collapses(long align) implements Ability {}

    /** Its space can be freed; the file keeps its apparent size, and its head reads as NULs. */
    record Punches() implements Ability {}

    /** Neither. */
    record Nothing() implements Ability {}
}
