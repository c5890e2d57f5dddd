package dev.steward.orders.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The archive's folders: {@code .archive/<inbox>/<yyyy-mm-dd>/<id>} beside the inboxes, by the day (UTC) on which an order came to its end.
 * No link is followed.
 *
 * @param inboxes the folder of inboxes, absolute
 */
record Shelves(Path inboxes) {
    private static final String ARCHIVE = ".archive";

    /** The orders of one inbox that came to their end on one day. */
    record Shelf(String inbox, LocalDate day, Path folder) {}

    Path archive() {
        return inboxes.resolve(ARCHIVE);
    }

    /** The day that an instant belongs to. */
    static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }

    Shelf shelf(String inbox, LocalDate day) {
        return new Shelf(inbox, day, archive().resolve(inbox).resolve(day.toString()));
    }

    /** Makes the shelf's folder, for nobody else's eyes. */
    void make(Shelf shelf) throws IOException {
        Files.createDirectories(
                shelf.folder(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The folders of inboxes: what has a name of one, and is a folder. */
    List<Path> inboxFolders() throws IOException {
        return isFolder(inboxes) ? folders(inboxes) : List.of();
    }

    /** All shelves, the oldest first. */
    List<Shelf> all() throws IOException {
        var shelves = new ArrayList<Shelf>();
        if (!isFolder(archive())) {
            return shelves;
        }
        for (var inbox : folders(archive())) {
            for (var day : folders(inbox)) {
                day(day).ifPresent(date -> shelves.add(new Shelf(name(inbox), date, day)));
            }
        }
        shelves.sort(Comparator.comparing(Shelf::day).thenComparing(Shelf::inbox));
        return shelves;
    }

    private static Optional<LocalDate> day(Path folder) {
        try {
            return Optional.of(LocalDate.parse(name(folder)));
        } catch (DateTimeException other) {
            return Optional.empty();
        }
    }

    /** Those of a folder that are folders and not hidden, by name. */
    private static List<Path> folders(Path parent) throws IOException {
        var found = new ArrayList<Path>();
        try (var all = Files.newDirectoryStream(parent)) {
            for (var each : all) {
                if (!name(each).startsWith(".") && isFolder(each)) {
                    found.add(each);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        found.sort(Comparator.naturalOrder());
        return found;
    }

    /** An order's folder in the archive. */
    Optional<Path> find(String inbox, String id) throws IOException {
        var shelves = archive().resolve(inbox);
        if (!isFolder(shelves)) {
            return Optional.empty();
        }
        return folders(shelves).stream()
                .map(day -> day.resolve(id))
                .filter(Shelves::isFolder)
                .findFirst();
    }

    /** Moves an order's folder out of the archive, back into its inbox; false if it is not in the archive. */
    boolean restore(String inbox, String id) throws IOException {
        var archived = find(inbox, id);
        if (archived.isEmpty()) {
            return false;
        }
        var folder = inboxes.resolve(inbox).resolve(id);
        try {
            Files.move(archived.get(), folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (NoSuchFileException e) {
            if (isFolder(folder)) {
                // Somebody else restored it just now.
                return true;
            }
            throw e;
        }
    }

    static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
