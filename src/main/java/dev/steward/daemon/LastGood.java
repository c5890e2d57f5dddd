package dev.steward.daemon;

import dev.steward.config.ConfigException;
import dev.steward.config.ConfigLoader;
import dev.steward.config.Loaded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bytes of the configuration that was taken up last, kept so that a daemon that comes back does not leave agents alone because
 * somebody is just editing the file. One copy for each configuration file; references in it are as they were written.
 */
final class LastGood {
    private static final Logger LOG = LoggerFactory.getLogger(LastGood.class);
    private static final int TRIES = 3;

    private final ConfigLoader loader;
    private final Path file;
    private final Path copy;

    LastGood(ConfigLoader loader, Path file, Path copy) {
        this.loader = loader;
        this.file = file;
        this.copy = copy;
    }

    /** Reads a configuration. */
    interface Reading<T> {
        T read() throws ConfigException;
    }

    /** Reads the file, and keeps its bytes if it is in order. */
    <T> T read(Reading<T> reading) throws ConfigException {
        for (var i = 1; ; i++) {
            var before = state();
            var read = reading.read();
            if (keep(before) || i == TRIES) {
                return read;
            }
        }
    }

    /** What tells one version of the file from another. */
    private record State(Object key, long size, Object time) {}

    private Optional<State> state() {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    new State(String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime()));
        } catch (IOException e) {
            LOG.debug("{}: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** False if the file has changed since: then what was read is not what is there. */
    private boolean keep(Optional<State> before) {
        var unseen = copy.resolveSibling("." + copy.getFileName());
        try {
            var bytes = Files.readAllBytes(file);
            if (before.isEmpty() || !before.equals(state())) {
                return false;
            }
            Files.deleteIfExists(unseen);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (var out = Files.newByteChannel(
                    unseen, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
                var left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
            }
            Files.move(unseen, copy, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("No copy of {} can be kept, for a daemon that finds it damaged: {}", file, e.getMessage());
        }
        return true;
    }

    /** A configuration by the copy, or nothing if there is none or it is refused too. */
    Optional<Loaded> instead() {
        if (!Files.exists(copy)) {
            return Optional.empty();
        }
        try {
            return Optional.of(loader.loadForRecovery(copy, file));
        } catch (ConfigException e) {
            LOG.error("The last good copy of {} is of no use either:\n{}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
