package dev.steward.logs;

import dev.steward.config.LogRules;
import dev.steward.posix.LostIdentity;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.Posix;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates logs without losing or doubling a byte, whoever writes to them and whoever is killed meanwhile. To be called by one platform
 * thread; several processes may rotate the same logs: of two at once, the second is told that the log is busy.
 */
public final class Rotations {
    private static final Logger LOG = LoggerFactory.getLogger(Rotations.class);

    private final OpenFiles files;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final Rotator rotator;
    private final Compression compression;
    private final Around around;
    private volatile Optional<LostIdentity> lost = Optional.empty();

    /**
     * Of this machine.
     *
     * @param environment what commands that tell the writers of a log get, and what references in them are resolved from
     */
    public static Rotations here(Map<String, String> environment, InstantSource clock, LongSupplier nanos) {
        var around = new Neighbours(Posix.users(), Posix.writersOnly());
        return new Rotations(Posix.filesOnly(), around, new Reopening(Map.copyOf(environment)), clock, nanos);
    }

    Rotations(OpenFiles files, Around around, ByRenaming.Teller teller, InstantSource clock, LongSupplier nanos) {
        this.files = files;
        this.around = around;
        this.clock = clock;
        this.nanos = nanos;
        rotator = new Rotator(files, around, how -> tell(teller, how));
        compression = new Compression(files, around);
    }

    /** With Steward's own rights: whoever starts a process hands its rights on. */
    private void tell(ByRenaming.Teller teller, LogRules.Notify how) throws IOException {
        around.asItself(() -> {
            teller.tell(how);
            return how;
        });
    }

    /**
     * Rotates what is wished of all that the catalog has, and tells each outcome. A path that the catalog does not have is left alone.
     *
     * @throws IOException if the logs that a glob means cannot be found
     */
    public void rotate(Catalog catalog, Wish wish, Consumer<Outcome> each) throws IOException {
        if (wish.paths().isEmpty()) {
            for (var log : catalog.all()) {
                each.accept(rotate(log, wish));
            }
            return;
        }
        for (var path : wish.paths()) {
            var log = catalog.find(path);
            each.accept(log.isPresent() ? rotate(log.get(), wish) : unknown(path));
        }
    }

    private Outcome unknown(Path path) {
        return new Outcome(
                path,
                Outcome.Result.LEFT_ALONE,
                Optional.empty(),
                0,
                Optional.empty(),
                clock.instant(),
                Duration.ZERO,
                "the configuration does not know this log. Name it under logs.files");
    }

    /**
     * Rotates one log if it is due, or forced. What went wrong is the outcome.
     *
     * @throws LostIdentity if a thread acts as a wrong user, for good
     */
    public Outcome rotate(Log log, Wish wish) {
        var now = clock.instant();
        var began = nanos.getAsLong();
        var result = attempt(log, wish, now);
        return new Outcome(
                log.path(),
                result.result(),
                result.way(),
                result.bytes(),
                result.dropped(),
                result.archive(),
                now,
                Duration.ofNanos(nanos.getAsLong() - began),
                result.reason());
    }

    private record Told(
            Outcome.Result result,
            Optional<Outcome.Way> way,
            long bytes,
            long dropped,
            Optional<Path> archive,
            String reason) {
        static Told not(Outcome.Result result, String reason) {
            return new Told(result, Optional.empty(), 0, 0, Optional.empty(), reason);
        }
    }

    private Told attempt(Log log, Wish wish, Instant now) {
        try {
            return told(asItsUser(log, () -> rotator.rotate(log, wish, now)));
        } catch (LeftAlone e) {
            return Told.not(Outcome.Result.LEFT_ALONE, e.reason());
        } catch (SystemFailure e) {
            return Told.not(Outcome.Result.FAILED, e.getMessage() + hint(e.kind()));
        } catch (RuntimeException e) {
            LOG.error("A fault in Steward while {} was rotated. Please report this.", log.path(), e);
            return Told.not(Outcome.Result.FAILED, "a fault in Steward: " + e);
        } catch (Exception e) {
            return Told.not(Outcome.Result.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static Told told(Rotator.Attempt attempt) {
        return switch (attempt) {
            case Rotator.Attempt.Done(var done) ->
                new Told(
                        Outcome.Result.ROTATED,
                        Optional.of(done.way()),
                        done.bytes(),
                        done.dropped(),
                        done.archive(),
                        done.said());
            case Rotator.Attempt.Would(var way, var bytes) ->
                new Told(Outcome.Result.WOULD_ROTATE, Optional.of(way), bytes, 0, Optional.empty(), "");
            case Rotator.Attempt.NotDue(var why) -> Told.not(Outcome.Result.NOT_DUE, why);
            case Rotator.Attempt.Busy _ -> Told.not(Outcome.Result.BUSY, "somebody else is rotating it");
        };
    }

    private static String hint(SystemFailure.Kind kind) {
        return switch (kind) {
            case NO_SPACE -> ". The live log is untouched; free space on its disk";
            case NOT_PERMITTED -> ". Steward needs to read and write the log and its folder";
            default -> "";
        };
    }

    /**
     * Begins a log anew that was punched, so that its apparent size does not grow for ever. Any platform thread, while nobody writes
     * to it.
     *
     * @throws IOException if that cannot be; the log is as it was
     */
    void renew(Log log) throws IOException {
        as(log, () -> {
            rotator.renew(log, clock.instant());
            return Optional.empty();
        });
    }

    /**
     * Compresses one archive of that log; may be called by another thread, while logs are rotated.
     *
     * @return what {@link #shelve} is to be given; empty if there is nothing to compress
     * @throws IOException if it cannot be: the archive stays as it is
     */
    public Optional<Pressed> press(Log log) throws IOException {
        return as(log, () -> compression.press(log)).map(Pressed::new);
    }

    /** An archive that was compressed, and waits to take the place of what it was made from. */
    public static final class Pressed {
        private final Compression.Pressed pressed;

        Pressed(Compression.Pressed pressed) {
            this.pressed = pressed;
        }
    }

    /**
     * Puts a compressed archive in its place; by the thread that rotates.
     *
     * @return whether it has that; if not, because the log is busy or another file has its name, it is of no use to go on at once
     */
    public boolean shelve(Pressed pressed) throws IOException {
        return as(pressed.pressed.log(), () -> compression.shelve(pressed.pressed));
    }

    private <T> T as(Log log, Callable<T> work) throws IOException {
        try {
            return asItsUser(log, work);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (LeftAlone e) {
            throw new IOException(e.reason(), e);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private OptionalInt actor(Log log) throws IOException, LeftAlone {
        var folder = log.path().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return OptionalInt.empty();
        }
        OptionalInt owner;
        try {
            owner = OptionalInt.of(files.facts(log.path()).owner());
        } catch (SystemFailure e) {
            if (e.kind() != SystemFailure.Kind.MISSING) {
                throw e;
            }
            owner = OptionalInt.empty();
        }
        return Actor.of(files, folder, owner, around.user());
    }

    /** Nothing more is done once a thread did not get its own rights back: it may be this one, or one that it has started. */
    private <T> T asItsUser(Log log, Callable<T> work) throws Exception {
        if (lost.isPresent()) {
            throw lost.get();
        }
        try {
            var user = log.rules().user();
            if (user.isPresent()) {
                return around.as(user.get(), work);
            }
            var owner = actor(log);
            return owner.isPresent() ? around.as(owner.getAsInt(), work) : work.call();
        } catch (LostIdentity e) {
            lost = Optional.of(e);
            throw e;
        }
    }
}
