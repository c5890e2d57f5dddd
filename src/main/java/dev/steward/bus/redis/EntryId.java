package dev.steward.bus.redis;

import java.util.Comparator;

/** The id of an entry of a stream: milliseconds of Redis' clock, and a number. See redis.io/docs/latest/develop/data-types/streams. */
record EntryId(long millis, long number) implements Comparable<EntryId> {
    private static final Comparator<EntryId> ORDER =
            Comparator.comparingLong(EntryId::millis).thenComparingLong(EntryId::number);

    static EntryId of(String text) {
        int dash = text.indexOf('-');
        return dash < 0
                ? new EntryId(Long.parseLong(text), 0)
                : new EntryId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    @Override
    public int compareTo(EntryId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return millis + "-" + number;
    }
}
