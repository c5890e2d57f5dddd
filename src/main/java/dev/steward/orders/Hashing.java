package dev.steward.orders;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import dev.steward.bus.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that went by.
 *
 * @param sha256 in lower-case hexadecimal
 * @param size how many
 */
record Hashing(String sha256, long size) {
    private static final int BLOCK = 64 * 1024;

    /** Is asked before each block whether to go on. */
    @FunctionalInterface
    interface Pass {
        /** Throws to stop. */
        void at(long bytes) throws IOException;
    }

    /** These. */
    static Hashing of(Bytes bytes) {
        return new Hashing(Sha256.of(bytes.buffer()), bytes.size());
    }

    /** Reads to the end. */
    static Hashing of(InputStream in) throws IOException {
        return copy(in, OutputStream.nullOutputStream(), _ -> {});
    }

    /** A regular file, which the caller looked at. */
    static Hashing of(Path file) throws IOException {
        try (var in = Files.newInputStream(file, READ, NOFOLLOW_LINKS)) {
            return of(in);
        }
    }

    /** Copies to the end. */
    static Hashing copy(InputStream in, OutputStream out, Pass pass) throws IOException {
        var hash = new Sha256();
        var block = new byte[BLOCK];
        long size = 0;
        for (int read = in.read(block); read >= 0; read = in.read(block)) {
            size += read;
            pass.at(size);
            hash.add(block, read);
            out.write(block, 0, read);
        }
        return new Hashing(hash.hex(), size);
    }
}
