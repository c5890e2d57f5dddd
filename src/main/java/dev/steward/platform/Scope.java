package dev.steward.platform;

/** Whose init starts the daemon. */
public enum Scope {
    /** The user's own: while that user is logged in, or, with lingering, from boot on. */
    USER,
    /** The machine's: from boot on. Needs root to be written. */
    SYSTEM
}
