package dev.steward.store;

/** The database could not be opened, read or written. The message is for people: what happened, where, what to do. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of trouble it is, where a caller acts on it. */
    public enum Kind {
        /** There is no such file. */
        MISSING,
        /** The file holds no database of Steward's, or a damaged one. */
        DAMAGED,
        /** A version of Steward with another schema wrote it. */
        OTHER_VERSION,
        /** The disk is full; the next write works when there is space again. */
        FULL,
        /** Rights, locks, input and output. */
        UNAVAILABLE
    }

    private final Kind kind;

    StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
