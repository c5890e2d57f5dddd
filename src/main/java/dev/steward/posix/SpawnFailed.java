package dev.steward.posix;

/**
 * A process could not be started. The kernel gives one number for whatever went wrong on the way: a missing program and a
 * missing directory look alike, so the caller finds out which it was.
 */
public final class SpawnFailed extends Exception {
    private static final long serialVersionUID = 1;

    SpawnFailed(String message) {
        super(message);
    }
}
