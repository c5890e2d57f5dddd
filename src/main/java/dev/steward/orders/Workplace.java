package dev.steward.orders;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What the threads of one receiver share. */
record Workplace(
        Ground ground,
        Receipts receipts,
        Quarantine quarantine,
        FolderSync inboxSync,
        ArrivingNames names,
        Settled settled,
        Receiver.Identity identity,
        Receiver.Timing timing,
        Teller teller) {
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    static Workplace of(
            Ground ground, Receiver.Identity identity, Receiver.Timing timing, Teller teller, RandomGenerator random) {
        return new Workplace(
                ground,
                new Receipts(ground),
                new Quarantine(ground),
                new FolderSync(ground.inbox()),
                new ArrivingNames(random),
                new Settled(),
                identity,
                timing,
                teller);
    }

    /** An acknowledgement of now. A clock that was set back makes no negative latency. */
    Acknowledgement acknowledgement(Heading heading, OrderRow.Hashes hashes) {
        var now = timing.wall().instant();
        var latency = millis(Duration.between(heading.created(), now));
        return new Acknowledgement(
                heading.id(),
                heading.to(),
                identity.by(),
                identity.node(),
                identity.incarnation(),
                now,
                latency,
                hashes.wo(),
                hashes.body());
    }

    private static long millis(Duration latency) {
        return latency.isNegative() ? 0 : (latency.compareTo(LONGEST) < 0 ? latency : LONGEST).toMillis();
    }
}
