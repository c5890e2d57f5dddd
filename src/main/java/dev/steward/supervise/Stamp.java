package dev.steward.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a file, or a key of Redis, was like: it was written if any of this has changed, whatever the clock did meanwhile.
 *
 * @param key tells it from another file of the same name
 */
record Stamp(Object key, FileTime modified, long size) {
    private static final Duration WHEN_FILES_ARE_ROUNDED = Duration.ofSeconds(2);
    private static final Duration WHEN_SECONDS_ARE_WHOLE = Duration.ofSeconds(1);
    private static final FileTime NEVER = FileTime.from(Instant.EPOCH);

    /** Of what has no time of its own: it was written if its fields changed. */
    static Stamp of(Map<String, String> fields) {
        return new Stamp(Map.copyOf(fields), NEVER, 0);
    }

    /** By how much a beat there may seem older than it is. A key that nobody has written since is told by its time alone, so by no more than must be. */
    Duration slack() {
        return modified.equals(NEVER) ? WHEN_SECONDS_ARE_WHOLE : WHEN_FILES_ARE_ROUNDED;
    }

    static Stamp of(BasicFileAttributes attributes) {
        return new Stamp(String.valueOf(attributes.fileKey()), attributes.lastModifiedTime(), attributes.size());
    }

    /** Of the file itself, or of what a symbolic link leads to; empty if there is none that can be looked at. */
    static Optional<Stamp> of(Path file, LinkOption... options) {
        try {
            return Optional.of(of(Files.readAttributes(file, BasicFileAttributes.class, options)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
