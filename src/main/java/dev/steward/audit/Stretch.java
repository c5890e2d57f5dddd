package dev.steward.audit;

/**
 * Lines one after the other, each of them chained to the one before.
 *
 * @param lines how many; 0 if none begins there, and then nothing else is said
 * @param first the link of the first one to what is before it
 * @param last where they end
 * @param end the offset behind them
 */
record Stretch(long lines, Link.Chained first, Head last, long end) {
    static final Stretch NONE = new Stretch(0, new Link.Chained(0, ""), new Head(0, ""), 0);
}
