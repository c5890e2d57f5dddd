package dev.steward.orders;

/** A file of an order isn't what it should be; the message says why, for people, without the file's name. */
final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String message) {
        super(message);
    }

    Unreadable(String message, Throwable cause) {
        super(message, cause);
    }

    /** The message, which is always there. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
