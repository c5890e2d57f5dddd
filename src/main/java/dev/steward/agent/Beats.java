package dev.steward.agent;

import dev.steward.bus.Presence;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The agent's life: boots, beats at once and then every interval, until it is told to stop. A beat says how the bus was when it was
 * last heard; what is heard later is told when it comes.
 */
final class Beats {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /** A daemon opens its bus after it has started its agents. */
    private static final Duration PATIENCE_AT_BOOT = Duration.ofSeconds(3);

    private final String name;
    private final Optional<HeartbeatFile> file;
    private final Log log;
    private final Show show;
    private final Time time;
    private Instant beaten = Instant.EPOCH;
    private Presence bus = new Presence.Away("bus", "it was not asked yet");
    private boolean wasConnected;

    /** Shows a beat to the bus, and has it asked how it is; returns at once. */
    interface Show {
        void beat(long iter, Instant at);
    }

    /** Waits for an event, so long at most. */
    interface Bell {
        Optional<Event> next(Duration most) throws InterruptedException;
    }

    /** @param nanoTime monotonic */
    record Time(InstantSource clock, LongSupplier nanoTime) {}

    Beats(String name, Optional<HeartbeatFile> file, Log log, Show show, Time time) {
        this.name = name;
        this.file = file;
        this.log = log;
        this.show = show;
        this.time = time;
    }

    void run(Duration every, Bell bell) throws InterruptedException {
        log.boot(name);
        var iter = 1L;
        do {
            beaten = time.clock().instant();
            write(iter);
            show.beat(iter, beaten);
        } while (rests(iter++, every, bell));
        log.ok("stopped");
    }

    /** Returns at the time of the next beat, or false when it is told to stop. */
    private boolean rests(long iter, Duration every, Bell bell) throws InterruptedException {
        var begun = time.nanoTime().getAsLong();
        var patience = patience(iter, every.dividedBy(2));
        Presence otherwise = new Presence.Away(bus.kind(), "no answer in " + patience.toMillis() + " ms");
        var told = false;
        while (true) {
            var left = (told ? every : patience).minusNanos(time.nanoTime().getAsLong() - begun);
            var event = left.isPositive() ? bell.next(left) : Optional.<Event>empty();
            if (event.isEmpty()) {
                if (told) {
                    return true;
                }
                told = true;
                hear(otherwise, iter, true);
                continue;
            }
            switch (event.get()) {
                case Event.Stop _ -> {
                    return false;
                }
                case Event.Fault(var part, var why) -> {
                    log.fail("a fault in " + part + ", please report it: " + why);
                    throw new IllegalStateException("a fault in " + part, why);
                }
                case Event.Answer(var upTo, var presence) -> {
                    var due = !told && upTo == iter;
                    if (due && !wasConnected && !isConnected(presence)) {
                        otherwise = presence;
                    } else {
                        told |= due;
                        hear(presence, iter, due);
                    }
                }
            }
        }
    }

    private static Duration patience(long iter, Duration most) {
        var patience = iter == 1 ? PATIENCE_AT_BOOT : PATIENCE;
        return patience.compareTo(most) < 0 ? patience : most;
    }

    /** Told if it is due, and else if it is news. */
    private void hear(Presence presence, long iter, boolean due) {
        var news = isConnected(presence) != isConnected(bus);
        bus = presence;
        wasConnected |= isConnected(presence);
        if (news || due) {
            switch (presence) {
                case Presence.Connected connected -> log.ok(connected.kind() + " ping");
                case Presence.Away away -> log.fail(away.kind() + " ping: " + away.reason());
            }
        }
        if (news) {
            // The same beat: with a later time it would look like a loop that only turns its hands.
            write(iter);
        }
    }

    private static boolean isConnected(Presence presence) {
        return presence instanceof Presence.Connected;
    }

    private void write(long iter) {
        try {
            if (file.isPresent()) {
                file.get().write(beaten, iter, isConnected(bus));
            }
        } catch (IOException e) {
            log.fail("heartbeat: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": no right to write there";
            case FileSystemException failed
            when failed.getReason() != null -> failed.getFile() + ": " + failed.getReason();
            case FileSystemException failed ->
                failed.getFile() + ": " + failed.getClass().getSimpleName();
            default -> String.valueOf(e.getMessage());
        };
    }
}
