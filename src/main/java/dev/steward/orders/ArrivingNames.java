package dev.steward.orders;

import dev.steward.bus.WorkOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Names for folders on their way, which no other receiver before or after gives: receipts outlast receivers. Each says of which order it
 * is: two senders that know nothing of each other may give one id to two.
 */
final class ArrivingNames {
    /** Of such a name, as a pattern; older ones say nothing of their order. */
    static final String FORM = "[0-9a-f]{16}-[0-9]+(-[0-9a-f]{16})?";

    private static final char BETWEEN = '-';
    private static final int FINGERPRINT_CHARS = 16;

    private final String prefix;
    private final AtomicLong last = new AtomicLong();

    ArrivingNames(RandomGenerator random) {
        this.prefix = HexFormat.of().toHexDigits(random.nextLong());
    }

    String next(WorkOrder order) {
        return prefix + BETWEEN + last.incrementAndGet() + BETWEEN + fingerprint(order);
    }

    /** Whether a folder of this name may be of this order. */
    static boolean mayBeOf(String name, WorkOrder order) {
        var isOld = name.indexOf(BETWEEN) == name.lastIndexOf(BETWEEN);
        return isOld || name.endsWith(BETWEEN + fingerprint(order));
    }

    private static String fingerprint(WorkOrder order) {
        var both = order.sha256() + order.body().sha256();
        return Sha256.of(both.getBytes(StandardCharsets.UTF_8)).substring(0, FINGERPRINT_CHARS);
    }
}
