package dev.steward.posix;

/** This machine lacks something that Steward cannot do without; the message says what, for people. */
public final class UnsupportedSystem extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnsupportedSystem(String message) {
        super(message);
    }
}
