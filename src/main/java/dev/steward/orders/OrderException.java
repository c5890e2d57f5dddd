package dev.steward.orders;

/** An order could not be made. Nothing was dropped, and nothing is left behind; the message is for people. */
public final class OrderException extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of trouble. */
    public enum Kind {
        /** A name, id, priority, title or size that isn't allowed. */
        MISUSE,
        /** The payload can't be read. */
        UNREADABLE,
        /** The spool can't be written: no room, no right. */
        CANNOT_CREATE
    }

    private final Kind kind;

    OrderException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    OrderException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of trouble. */
    public Kind kind() {
        return kind;
    }

    static OrderException misuse(String message) {
        return new OrderException(Kind.MISUSE, message);
    }
}
