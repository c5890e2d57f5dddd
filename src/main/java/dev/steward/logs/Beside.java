package dev.steward.logs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Looks at what stands beside a live log, while others rename files there. One thread. */
final class Beside {
    /** Others may be renaming for as long as a rotation takes that moves thousands of archives. */
    private static final int LOOKS = 1_000;
    /** The time of a folder's last change stands still for up to a tick, which is 10 ms at most. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private static final String FACTS = "unix:ino,creationTime,lastModifiedTime,isRegularFile";
    private static final Sight NOTHING = new Sight(List.of(), List.of());

    private final Path folder;
    private final String name;
    private final InstantSource clock;
    private Sight last = NOTHING;
    private boolean blind;
    /** The folder's last change, if the last look was so long after it that another would show. */
    private @Nullable FileTime settled;

    Beside(Path log, InstantSource clock) {
        folder = Objects.requireNonNull(log.toAbsolutePath().getParent(), "a log has a folder");
        name = String.valueOf(log.getFileName());
        this.clock = clock;
    }

    Path path(Archive archive) {
        return folder.resolve(archive.nameFor(name));
    }

    Path path(CutRecord cut) {
        return folder.resolve(cut.nameFor(name));
    }

    /** Whether the folder must not be listed, so that no archive is seen. */
    boolean isBlind() {
        return blind;
    }

    /** The last look. */
    Sight last() {
        return last;
    }

    /**
     * Looks, until what is seen was there at one moment: to list a folder takes a while, and misses what is renamed meanwhile.
     */
    Sight look() throws IOException {
        for (var i = 0; i < LOOKS; i++) {
            var changed = changed();
            if (changed.isEmpty()) {
                last = NOTHING;
                return last;
            }
            if (changed.get().equals(settled)) {
                return last;
            }
            var now = clock.instant();
            var seen = list();
            if (seen.isEmpty() || !changed.equals(changed())) {
                continue;
            }
            var same = seen.get().equals(last);
            last = seen.get();
            settled = changed.get().toInstant().plus(SETTLED).isBefore(now) ? changed.get() : null;
            if (same || settled != null) {
                return last;
            }
        }
        throw new IOException("the files in " + folder + " are renamed faster than they can be listed");
    }

    private Optional<FileTime> changed() throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(folder));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Empty if something that was listed was gone when it was looked at. */
    private Optional<Sight> list() throws IOException {
        var archives = new HashMap<Integer, Seen>();
        var cuts = new ArrayList<CutRecord>();
        try (var files = Files.newDirectoryStream(folder, this::mayBelong)) {
            for (var file : files) {
                var each = String.valueOf(file.getFileName());
                CutRecord.in(each, name).ifPresent(cuts::add);
                var archive = Archive.in(each, name);
                if (archive.isPresent()) {
                    // Of an archive that was just compressed both are whole, and to read the other takes less.
                    seen(archive.get())
                            .ifPresent(seen -> archives.merge(
                                    seen.archive().number(),
                                    seen,
                                    (one, other) -> one.archive().compressed() ? other : one));
                }
            }
        } catch (AccessDeniedException e) {
            blind = true;
            return Optional.of(NOTHING);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
        return Optional.of(new Sight(List.copyOf(archives.values()), cuts));
    }

    private boolean mayBelong(Path file) {
        var each = String.valueOf(file.getFileName());
        return each.startsWith(name + ".") || each.startsWith("." + name + ".");
    }

    /**
     * The archive of that name as it is now; empty if it is no regular file.
     *
     * @throws NoSuchFileException if there is none
     */
    Optional<Seen> seen(Archive archive) throws IOException {
        var facts = Files.readAttributes(path(archive), FACTS, LinkOption.NOFOLLOW_LINKS);
        if (!Boolean.TRUE.equals(facts.get("isRegularFile"))) {
            return Optional.empty();
        }
        return Optional.of(
                new Seen(archive, id(facts), time(facts, "lastModifiedTime").toInstant()));
    }

    /** Which file that path leads to. */
    static FileId id(Path file) throws IOException {
        return id(Files.readAttributes(file, FACTS));
    }

    private static FileId id(Map<String, Object> facts) {
        var inode = (Long) Objects.requireNonNull(facts.get("ino"));
        return new FileId(inode, time(facts, "creationTime").to(TimeUnit.NANOSECONDS));
    }

    private static FileTime time(Map<String, Object> facts, String name) {
        return (FileTime) Objects.requireNonNull(facts.get(name));
    }
}
