package dev.steward.bus;

/** The bus could not do what it was asked to; nothing was done then. The message is for people and names what to do. */
public final class BusException extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of trouble. */
    public enum Kind {
        /** Nobody answers, or the connection broke: whether it was done is not known; the same may be asked again. */
        UNAVAILABLE,
        /** No room on the disk. */
        FULL,
        /** The database is damaged, or of another version. */
        UNUSABLE,
        /** What was asked for makes no sense: an id, a name, a size. */
        REFUSED
    }

    private final Kind kind;

    public BusException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public BusException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of trouble. */
    public Kind kind() {
        return kind;
    }
}
