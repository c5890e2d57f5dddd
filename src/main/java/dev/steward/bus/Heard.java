package dev.steward.bus;

/**
 * An acknowledgement as the sender's listener hears it: checked against the order that was dropped.
 *
 * @param seq grows; the listener says by it up to where it has heard
 */
public record Heard(long seq, Acknowledgement acknowledgement) {}
