package dev.steward.orders.work;

/** How an attempt ended. */
sealed interface End {
    /** Its handler ended with this status, from 0 to 255. */
    record Exited(int status) implements End {}

    /**
     * Nobody knows what it came to.
     *
     * @param how for people
     */
    record Lost(String how) implements End {}

    /** It took longer than it may. */
    record TimedOut() implements End {}

    /**
     * It was stopped, or never let go: that is nobody's fault, so it counts as no failure.
     *
     * @param why for people
     */
    record Interrupted(String why) implements End {}
}
