package dev.steward.orders;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import dev.steward.bus.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Brings a payload into a folder of an inbox. */
final class BodyFile {
    private BodyFile() {}

    /**
     * Writes it, to be synced later. A spooled one is not copied but linked where that can be done: the spool's file is no more needed once the
     * order is delivered.
     *
     * @param sibling a file of the order that was made anew: the payload gets its rights
     * @return what lies there now
     * @throws Unreadable if the spool's file is gone or is none
     */
    static Hashing write(Body body, Path file, Path sibling) throws IOException, Unreadable {
        return switch (body.content()) {
            case Body.Content.Inline(var bytes) -> {
                Disk.write(file, bytes);
                yield Hashing.of(bytes);
            }
            case Body.Content.Spooled(var spooled) -> {
                look(spooled);
                yield link(spooled, file) ? linked(file, sibling) : copied(spooled, file);
            }
        };
    }

    private static void look(Path spooled) throws IOException, Unreadable {
        try {
            if (!Files.readAttributes(spooled, BasicFileAttributes.class, NOFOLLOW_LINKS)
                    .isRegularFile()) {
                throw new Unreadable("the payload's file in the spool is not a regular file: " + spooled);
            }
        } catch (NoSuchFileException e) {
            throw new Unreadable("the payload's file in the spool is gone: " + spooled, e);
        }
    }

    private static boolean link(Path spooled, Path file) {
        try {
            Files.createLink(file, spooled);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            // Another file system, or one without links, or not allowed: it can be copied.
            return false;
        }
    }

    private static Hashing linked(Path file, Path sibling) throws IOException {
        var read = Hashing.of(file);
        var rights = Files.getPosixFilePermissions(sibling, NOFOLLOW_LINKS);
        if (!rights.equals(Files.getPosixFilePermissions(file, NOFOLLOW_LINKS))) {
            Files.setPosixFilePermissions(file, rights);
        }
        return read;
    }

    private static Hashing copied(Path spooled, Path file) throws IOException {
        try (var in = Files.newInputStream(spooled, READ, NOFOLLOW_LINKS);
                var out = Disk.create(file)) {
            return Hashing.copy(in, out, _ -> {});
        }
    }
}
