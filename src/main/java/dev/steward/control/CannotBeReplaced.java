package dev.steward.control;

/** The daemon cannot be replaced by another version now, and goes on as it is. The message is for people. */
public final class CannotBeReplaced extends Exception {
    private static final long serialVersionUID = 1;

    public CannotBeReplaced(String message) {
        super(message);
    }
}
