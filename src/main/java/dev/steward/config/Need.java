package dev.steward.config;

/** Another agent that this one starts after, and stops before. */
public record Need(String agent, Condition condition) {
    /** What must be true of the other agent. */
    public enum Condition {
        /** It is up. */
        READY,
        /** It ended well. */
        DONE
    }
}
