package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rotations that were not brought to their end, as their archives in the making say. */
record Interrupted(LogFolder folder, List<CutRecord> records) {
    private static final int OTHERS_WRITE = 0022;

    /** Those that this user began: in a folder such as /tmp anybody may leave a file of such a name. */
    static Interrupted in(LogFolder folder, OpenFiles files, int user) throws IOException {
        var records = new ArrayList<CutRecord>();
        for (var name : folder.names()) {
            var record = CutRecord.in(name, folder.name());
            if (record.isPresent() && isOurs(files.facts(folder.path(name)), user)) {
                records.add(record.get());
            }
        }
        return new Interrupted(folder, List.copyOf(records));
    }

    private static boolean isOurs(FileFacts facts, int user) {
        return facts.regular() && facts.links() == 1 && facts.owner() == user && (facts.mode() & OTHERS_WRITE) == 0;
    }

    Optional<CutRecord> of(FileId live) {
        return records.stream()
                .filter(record -> record.live().equals(live) && !record.isEmpty())
                .findFirst();
    }

    /**
     * Makes archives of those whose live file is gone: deleted, or replaced by another one; and removes those that had taken nothing.
     *
     * @param present the live file, if there is one
     */
    void publishWithout(Optional<FileId> present, Instant now) throws IOException, LeftAlone {
        for (var record : records) {
            if (record.isEmpty() || !Optional.of(record.live()).equals(present)) {
                publish(record, now);
            }
        }
    }

    private void publish(CutRecord record, Instant now) throws IOException, LeftAlone {
        var name = record.nameFor(folder.name());
        try (var archive = folder.openUpdate(name)) {
            if (!archive.tryLock()) {
                // Its live file was replaced while somebody else rotates that.
                return;
            }
            if (record.owned() == 0) {
                folder.delete(name);
                return;
            }
            archive.truncate(record.owned());
            Shelf.dress(archive, archive.facts(), Shelf.after(folder, now));
            archive.sync();
            Shelf.put(folder, name);
        }
    }
}
