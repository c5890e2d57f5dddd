import dev.steward.bus.Accepted;
import dev.steward.bus.Bus;
import dev.steward.bus.remote.RemoteBus;
import dev.steward.orders.Draft;
import dev.steward.orders.Dropper;
import dev.steward.orders.InboxName;
import dev.steward.orders.Payload;
import dev.steward.orders.Priority;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Drops orders through a running daemon and hears their acknowledgements, as one process that stays connected.
 *
 * <p>{@code Drops HOME INBOX each COUNT BYTES} drops one after the other, and prints the milliseconds from the drop to the acknowledgement
 * of each. {@code Drops HOME INBOX all COUNT BYTES THREADS} drops from several threads, and prints the seconds from the first drop to the
 * last acknowledgement.
 */
final class Drops {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final int WARM = 300;

    private final Bus bus;
    private final Dropper dropper;
    private final InboxName to;
    private final InboxName from;
    private final byte[] body;

    private Drops(RemoteBus bus, String inbox, int bytes) throws Exception {
        this.bus = bus;
        to = InboxName.of(inbox);
        from = InboxName.of("BENCH-" + ProcessHandle.current().pid());
        body = new byte[bytes];
        new Random(1).nextBytes(body);
        dropper = new Dropper(bus, bus.site(), new Dropper.Ink(InstantSource.system(), ZoneOffset.UTC, new SecureRandom()));
    }

    public static void main(String... words) throws Exception {
        try (var bus = RemoteBus.connect(Path.of(words[0]))) {
            var drops = new Drops(bus, words[1], Integer.parseInt(words[4]));
            var count = Integer.parseInt(words[3]);
            if (words[2].equals("each")) {
                drops.each(count);
            } else {
                drops.all(count, Integer.parseInt(words[5]));
            }
        }
    }

    private void drop() throws Exception {
        var draft = new Draft(Optional.empty(), to, from, Priority.USUAL, "measured", List.of("bench"));
        if (!(dropper.drop(draft, Payload.stream(new ByteArrayInputStream(body))) instanceof Accepted.New)) {
            throw new IllegalStateException("an id came twice");
        }
    }

    private void each(int count) throws Exception {
        try (var listening = bus.listen(from.text())) {
            for (var i = -WARM; i < count; i++) {
                var began = System.nanoTime();
                drop();
                var heard = listening.hear(10, LONGEST);
                var took = System.nanoTime() - began;
                if (heard.size() != 1) {
                    throw new IllegalStateException(heard.size() + " acknowledgements of one order");
                }
                listening.heard(heard.getLast().seq());
                if (i >= 0) {
                    System.out.println(took / 1e6);
                }
            }
        }
    }

    private void all(int count, int threads) throws Exception {
        try (var listening = bus.listen(from.text())) {
            drop();
            listening.heard(listening.hear(10, LONGEST).getLast().seq());
            var begin = new CountDownLatch(1);
            var left = new AtomicInteger(count);
            var droppers = new ArrayList<Thread>();
            for (var i = 0; i < threads; i++) {
                droppers.add(Thread.ofPlatform().start(() -> {
                    try {
                        begin.await();
                        while (left.getAndDecrement() > 0) {
                            drop();
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            var began = System.nanoTime();
            begin.countDown();
            var heard = 0;
            while (heard < count) {
                var some = listening.hear(1_000, LONGEST);
                if (some.isEmpty()) {
                    throw new IllegalStateException("only " + heard + " of " + count + " were acknowledged");
                }
                heard += some.size();
                listening.heard(some.getLast().seq());
            }
            System.out.println((System.nanoTime() - began) / 1e9);
            for (var each : droppers) {
                each.join();
            }
        }
    }
}
