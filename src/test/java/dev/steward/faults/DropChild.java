package dev.steward.faults;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.local.LocalBus;
import dev.steward.orders.Draft;
import dev.steward.orders.Dropper;
import dev.steward.orders.InboxName;
import dev.steward.orders.OrderId;
import dev.steward.orders.Payload;
import dev.steward.orders.Priority;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Drops orders from eight threads until it is killed, and prints the inbox and the id of each that was accepted, a line each. */
final class DropChild {
    private static final int DROPPERS = 8;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private DropChild() {}

    public static void main(String... words) throws Exception {
        var bus = new LocalBus(Path.of(words[0]), InstantSource.system(), System::nanoTime);
        var inboxes = List.of(words).subList(1, words.length);
        var ids = new SecureRandom();
        var dropper = new Dropper(bus, bus.site(), new Dropper.Ink(InstantSource.system(), ZoneOffset.UTC, ids));
        for (var i = 0; i < DROPPERS; i++) {
            var random = new Random(ids.nextLong());
            Thread.ofPlatform().start(() -> {
                while (true) {
                    var to = inboxes.get(random.nextInt(inboxes.size()));
                    drop(dropper, to, OrderId.next(LocalDate.EPOCH, ids), random);
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            });
        }
    }

    /** One that may or may not have been accepted is dropped again, under its id. */
    private static void drop(Dropper dropper, String to, OrderId id, Random random) {
        // Now and then one that goes through the spool.
        var body = new byte[random.nextInt(8) == 0 ? 100_000 : random.nextInt(2_000)];
        random.nextBytes(body);
        while (true) {
            try {
                var draft = new Draft(
                        Optional.of(id),
                        InboxName.of(to),
                        InboxName.of("CLS"),
                        Priority.USUAL,
                        "under fire",
                        List.of());
                var payload = Payload.stream(new ByteArrayInputStream(body));
                switch (dropper.drop(draft, payload)) {
                    case Accepted.New _, Accepted.Same _ -> System.out.println(to + " " + id);
                    case Accepted.Conflict conflict -> throw new IllegalStateException(conflict.reason());
                }
                return;
            } catch (BusException e) {
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
