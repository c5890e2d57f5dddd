package dev.steward.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What a file was like: it was written if any of this has changed, whatever the clock did meanwhile.
 *
 * @param key tells it from another file of the same name
 */
record Stamp(Object key, FileTime modified, long size) {
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
