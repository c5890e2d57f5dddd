package dev.steward.supervise;

import java.io.IOException;
import java.util.Map;

/** Reads what agents leave in Redis. Any thread; it may wait, but no longer than a few seconds. */
@FunctionalInterface
public interface BeatKeys {
    /**
     * Reads the fields of a key: {@code ts}, {@code iter}, {@code incarnation} and any others.
     *
     * @return empty if there is no such key
     * @throws IOException with the reason for people, if it can't be read now
     */
    Map<String, String> read(String key) throws IOException;

    /** For a node whose bus is not Redis. */
    static BeatKeys none() {
        return _ -> {
            throw new IOException("the bus of this node is not Redis");
        };
    }
}
