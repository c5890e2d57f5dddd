package dev.steward.control;

/** Somebody named a file that is no log of the configuration. The message says what it is and what to do, for people. */
public final class UnknownLog extends Exception {
    private static final long serialVersionUID = 1;

    public UnknownLog(String message) {
        super(message, null, false, false);
    }
}
