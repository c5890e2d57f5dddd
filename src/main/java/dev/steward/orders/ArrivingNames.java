package dev.steward.orders;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Names for folders on their way, which no other receiver before or after gives: receipts outlast receivers. */
final class ArrivingNames {
    /** Of such a name, as a pattern. */
    static final String FORM = "[0-9a-f]{16}-[0-9]+";

    private final String prefix;
    private final AtomicLong last = new AtomicLong();

    ArrivingNames(RandomGenerator random) {
        this.prefix = HexFormat.of().toHexDigits(random.nextLong());
    }

    String next() {
        return prefix + "-" + last.incrementAndGet();
    }
}
