package dev.steward.platform;

/** The init cannot be told, and this is no fault of the program. The message is for people. */
public final class CannotInstall extends Exception {
    private static final long serialVersionUID = 1;

    private final Why why;

    CannotInstall(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** What kind of obstacle it is. */
    public enum Why {
        /** It was asked for something that cannot be. */
        MISUSE,
        /** No init that Steward knows, or one that refused. */
        UNAVAILABLE,
        /** Something else is where the unit would go, or it cannot be written. */
        CANNOT_CREATE,
        /** No right to write it. */
        NOT_PERMITTED
    }

    public Why why() {
        return why;
    }
}
