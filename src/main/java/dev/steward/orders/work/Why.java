package dev.steward.orders.work;

/** Why a handler is stopped. */
enum Why {
    TIMED_OUT,
    /** Nobody is to work on the order any more. */
    WITHDRAWN,
    GOING_DOWN,
    /** The attempt could not be recorded, so it must not begin. */
    NOT_RECORDED;

    /** What an attempt came to that was stopped for this, and whose process ended so. */
    End of(End end) {
        return switch (this) {
            case TIMED_OUT -> new End.TimedOut();
            case WITHDRAWN -> new End.Interrupted("stopped, since nobody is to work on it any more");
            case NOT_RECORDED -> new End.Interrupted("stopped, since it could not be recorded that it begins");
            // One that came to its end in spite of all is not done again.
            case GOING_DOWN ->
                end instanceof End.Exited exited && exited.status() == 0
                        ? end
                        : new End.Interrupted("stopped, since the daemon went down");
        };
    }
}
