package dev.steward.supervise;

/** The daemon goes down, so that nothing is started any more. */
public final class GoingDown extends RuntimeException {
    private static final long serialVersionUID = 1;

    GoingDown() {
        super("the daemon goes down; try again when the next one runs");
    }
}
