package dev.steward.daemon;

/** The daemon cannot run, and this is no fault of the program. The message is for people. */
public final class CannotRun extends Exception {
    private static final long serialVersionUID = 1;

    private final Why why;

    CannotRun(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** What kind of obstacle it is. */
    public enum Why {
        RUNS_ALREADY,
        CANNOT_CREATE,
        UNAVAILABLE
    }

    public Why why() {
        return why;
    }
}
