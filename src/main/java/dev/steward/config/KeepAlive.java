package dev.steward.config;

/**
 * After which ends of an incarnation a new one is started.
 *
 * @param afterSuccess after an exit status that counts as success
 * @param afterFailure after any other exit status
 * @param afterCrash after an end by a signal
 */
public record KeepAlive(boolean afterSuccess, boolean afterFailure, boolean afterCrash) {
    public static final KeepAlive ALWAYS = new KeepAlive(true, true, true);
    public static final KeepAlive ON_FAILURE = new KeepAlive(false, true, true);
    public static final KeepAlive NEVER = new KeepAlive(false, false, false);
}
