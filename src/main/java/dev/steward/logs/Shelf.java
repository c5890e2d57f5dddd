package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Where archives stand beside their log: how one is put there, and what lies there. */
final class Shelf {
    private static final int PERMISSIONS = 0777;

    private Shelf() {}

    /** Gives a finished archive the owner and mode of its log, and the time of its rotation. */
    static void dress(OpenFile archive, FileFacts as, Instant at) throws IOException {
        var facts = archive.facts();
        if (facts.owner() != as.owner() || facts.group() != as.group()) {
            try {
                archive.own(as.owner(), as.group());
            } catch (SystemFailure e) {
                // Only root gives files away: then it belongs to whom Steward runs as.
                if (e.kind() != SystemFailure.Kind.NOT_PERMITTED) {
                    throw e;
                }
            }
        }
        archive.mode(as.mode() & PERMISSIONS);
        archive.modified(TimeUnit.SECONDS.toNanos(at.getEpochSecond()) + at.getNano());
    }

    /** Makes the file the newest archive; those that are there move on by one. */
    static Path put(LogFolder folder, String file) throws IOException {
        for (var shift : folder.archives().shifts()) {
            folder.rename(shift.from().nameFor(folder.name()), shift.to().nameFor(folder.name()));
        }
        var newest = new Archive(1, false).nameFor(folder.name());
        folder.rename(file, newest);
        folder.sync();
        return folder.path(newest);
    }

    /** The archives with their sizes, newest first. */
    static List<Retention.Kept> kept(LogFolder folder) throws IOException, LeftAlone {
        var kept = new ArrayList<Retention.Kept>();
        for (var archive : folder.archives().newestFirst()) {
            kept(archive, folder.path(archive)).ifPresent(kept::add);
        }
        return kept;
    }

    private static Optional<Retention.Kept> kept(Archive archive, Path file) throws IOException, LeftAlone {
        try {
            var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!facts.isRegularFile()) {
                throw new LeftAlone("the archive " + file + " is no regular file. Move it away");
            }
            return Optional.of(new Retention.Kept(
                    archive, facts.size(), facts.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            // Somebody has just removed it, or its compressed form took its place.
            return Optional.empty();
        }
    }

    /**
     * The time for the next archive: later than that of the newest, also when the clock went back, so that the order of times is that
     * of the stream.
     */
    static Instant after(LogFolder folder, Instant now) throws IOException, LeftAlone {
        return kept(folder).stream()
                .findFirst()
                .map(newest -> newest.modified().plusMillis(1))
                .filter(now::isBefore)
                .orElse(now);
    }

    /**
     * Removes what retention keeps no longer.
     *
     * @param more archives that are about to come
     * @param others what else counts for the total, in bytes
     */
    static void prune(Opened log, int more, long others) throws IOException, LeftAlone {
        var surplus = Retention.surplus(kept(log.folder()), log.rules().keep(), log.now(), more, others);
        for (var archive : surplus) {
            log.folder().delete(archive.nameFor(log.folder().name()));
        }
    }
}
