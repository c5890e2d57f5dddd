package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        archive.modified(at);
    }

    /** Makes the file the newest archive; those that are there move on by one. */
    static Path put(LogFolder folder, String file) throws IOException {
        for (var shift : withoutDoubles(folder).shifts()) {
            var from = shift.from().nameFor(folder.name());
            // Somebody may just have removed it.
            if (folder.facts(from).isPresent()) {
                folder.rename(from, shift.to().nameFor(folder.name()));
            }
        }
        var newest = new Archive(1, false).nameFor(folder.name());
        folder.rename(file, newest);
        folder.sync();
        return folder.path(newest);
    }

    /**
     * Of an archive in both forms the compressed one goes: whoever was killed between moving the one and the other would have left the
     * same lines under two numbers, and nothing would tell any more that they are the same.
     */
    private static Archives withoutDoubles(LogFolder folder) throws IOException {
        var archives = folder.archives();
        for (var plain : archives.inBothForms()) {
            if (folder.isDouble(plain)) {
                folder.delete(plain.inGzip().nameFor(folder.name()));
                archives = archives.without(plain.inGzip());
            }
        }
        return archives;
    }

    /** The archives with their sizes, newest first. */
    static List<Retention.Kept> kept(LogFolder folder) throws IOException, LeftAlone {
        var kept = new ArrayList<Retention.Kept>();
        for (var archive : folder.archives().newestFirst()) {
            // Somebody may just have removed it, or its compressed form took its place.
            var facts = folder.facts(archive.nameFor(folder.name()));
            if (facts.isPresent()) {
                kept.add(kept(folder, archive, facts.get()));
            }
        }
        return kept;
    }

    private static Retention.Kept kept(LogFolder folder, Archive archive, FileFacts facts) throws LeftAlone {
        if (!facts.regular()) {
            throw new LeftAlone("the archive " + folder.path(archive) + " is no regular file. Move it away");
        }
        return new Retention.Kept(archive, facts.size(), facts.modified());
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

    /**
     * The same after a rotation, whose archive may be more than is kept.
     *
     * @return the rotation as it is then
     */
    static Rotated prune(Opened log, Rotated rotated, long others) throws IOException, LeftAlone {
        var newest = rotated.archive();
        var bytes = newest.isPresent() ? Files.size(newest.get()) : 0;
        prune(log, 0, others);
        if (newest.isEmpty() || Files.exists(newest.get())) {
            return rotated;
        }
        var keep = log.rules().keep();
        var why = keep.count() == 0
                ? "nothing of it is kept: keep is 0"
                : "its archive of " + bytes + " bytes did not stay: max_total is " + keep.total();
        var lost = rotated.dropped() + (keep.count() == 0 ? 0 : bytes);
        return new Rotated(rotated.way(), rotated.bytes(), lost, Optional.empty(), why);
    }
}
