package dev.steward.logs;

/** A log that must not be touched; the message says why and what to do, for people. */
final class LeftAlone extends Exception {
    private static final long serialVersionUID = 1;

    LeftAlone(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
