package dev.steward.daemon;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds whether what this daemon needs around it is still there, and mends what can be mended. */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofSeconds(4);

    private final Landmarks landmarks;
    private final ControlDoor door;
    private final Optional<Guards> guards;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("upkeep").factory());

    /** @param guards if a guard started this daemon */
    Upkeep(Landmarks landmarks, ControlDoor door, Optional<Guards> guards) {
        this.landmarks = landmarks;
        this.door = door;
        this.guards = guards;
    }

    void begin() {
        var millis = EVERY.toMillis();
        var _ = looking.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            landmarks.look();
            door.look();
            // Where its lock was taken away, nothing tells whether a guard lives.
            if (landmarks.problems().isEmpty()) {
                guards.ifPresent(Guards::look);
            }
        } catch (RuntimeException e) {
            LOG.error("A fault while looking after the daemon; it goes on. Please report this.", e);
        }
    }

    /** What is wrong around the daemon, for people. Any thread. */
    List<String> problems() {
        var all = new ArrayList<>(landmarks.problems());
        door.problem().ifPresent(all::add);
        guards.flatMap(Guards::problem).ifPresent(all::add);
        return all;
    }

    /** No guard is started any more. */
    @Override
    public void close() {
        looking.shutdownNow();
        try {
            if (!looking.awaitTermination(1, TimeUnit.SECONDS)) {
                LOG.warn("Something that looks after the daemon does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
