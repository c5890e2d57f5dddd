package dev.steward.config;

/** What happens to the processes of an ended incarnation that still live when the next one starts. */
public enum Leftovers {
    KILL,
    KEEP
}
