package dev.steward.cli;

/** A command cannot do what it was asked, and this is no fault of the program. The message is for people. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    Failure(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
