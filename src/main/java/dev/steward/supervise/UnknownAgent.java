package dev.steward.supervise;

/** Somebody named an agent that is not configured; the message is for people. */
public final class UnknownAgent extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnknownAgent(String message) {
        super(message);
    }
}
