package dev.steward.supervise;

/** An agent's process cannot be made; the message says for people why, and never holds a secret. */
final class CannotStart extends Exception {
    private static final long serialVersionUID = 1;

    CannotStart(String message) {
        super(message);
    }
}
