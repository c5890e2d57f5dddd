package dev.steward.faults;

import dev.steward.testing.Child;
import dev.steward.testing.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Kills one after the other of all that have to do with orders, at random moments, and has each come back. */
final class Fire implements AutoCloseable {
    private static final long LATEST_NANOS = 400_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final LiveNode node;
    private final Optional<RedisServer> redis;
    private final List<String> inboxes;
    private final Random random;
    private final Map<String, String> accepted = new HashMap<>();
    private Optional<Child> droppers = Optional.empty();

    Fire(LiveNode node, Optional<RedisServer> redis, List<String> inboxes, Random random) {
        this.node = node;
        this.redis = redis;
        this.inboxes = inboxes;
        this.random = random;
    }

    void round() throws Exception {
        if (droppers.isEmpty()) {
            begin();
        }
        LockSupport.parkNanos((long) (random.nextDouble() * LATEST_NANOS));
        switch (random.nextInt(5)) {
            case 0 -> rest();
            case 1 -> {
                node.kill();
                node.start();
            }
            case 2 -> kill(OrdersKilledTest.beat(node.home));
            case 3 -> kill(OrdersKilledTest.handled(node.home));
            default -> {
                if (redis.isPresent()) {
                    redis.get().kill();
                    LockSupport.parkNanos((long) (random.nextDouble() * LATEST_NANOS));
                    redis.get().launch();
                } else {
                    node.kill();
                    LockSupport.parkNanos((long) (random.nextDouble() * LATEST_NANOS));
                    node.start();
                }
            }
        }
    }

    private void begin() throws IOException {
        var words = new ArrayList<>(List.of(node.home.toString()));
        words.addAll(inboxes);
        var child = Child.start(DropChild.class, List.of("-Xmx64m"), words.toArray(String[]::new));
        droppers = Optional.of(child);
        // Each generation is told of one at least, however busy the machine is.
        remember(CompletableFuture.supplyAsync(() -> line(child))
                .orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS)
                .join());
    }

    /** Kills the droppers; what they were told is known then. */
    void rest() {
        droppers.ifPresent(child -> {
            child.kill();
            child.rest().forEach(this::remember);
        });
        droppers = Optional.empty();
    }

    private static String line(Child child) {
        try {
            return child.line();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remember(String line) {
        var space = line.indexOf(' ');
        // The last one may be cut off.
        if (space > 0 && line.length() == space + 1 + "WO-19700101-0123456789".length()) {
            accepted.put(line.substring(space + 1), line.substring(0, space));
        }
    }

    /** Those of whose arguments one is this. */
    private static void kill(Path argument) throws IOException {
        Machine.with(argument.toString()).forEach(running -> Machine.kill(running.pid()));
    }

    /** Inboxes by the ids of what was accepted. */
    Map<String, String> accepted() {
        return accepted;
    }

    @Override
    public void close() {
        rest();
    }
}
