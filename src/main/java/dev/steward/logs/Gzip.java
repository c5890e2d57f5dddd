package dev.steward.logs;

import dev.steward.posix.OpenFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** The compressed form of a file: gzip, RFC 1952. */
final class Gzip {
    private static final int BLOCK = 1 << 17;

    private Gzip() {}

    /** Writes the compressed form of a file into an empty one. */
    static void compress(OpenFile plain, OpenFile target) throws IOException {
        var block = ByteBuffer.allocate(BLOCK);
        // Processor time belongs to the agents: the quickest level, which makes logs a little larger.
        try (var gzip = new GZIPOutputStream(new Appending(target), BLOCK) {
            {
                def.setLevel(Deflater.BEST_SPEED);
            }
        }) {
            for (var at = 0L; plain.read(block.clear(), at) > 0; at += block.position()) {
                gzip.write(block.array(), 0, block.position());
            }
        }
    }

    /** Whether the second is the compressed form of the first; no if either is gone, is no regular file, or is torn. */
    static boolean isFormOf(Path plain, Path compressed) throws IOException {
        if (!isRegular(plain) || !isRegular(compressed)) {
            return false;
        }
        try (var one = Files.newInputStream(plain);
                var packed = Files.newInputStream(compressed);
                var other = new GZIPInputStream(packed, BLOCK)) {
            byte[] expected;
            do {
                expected = one.readNBytes(BLOCK);
                if (!Arrays.equals(expected, other.readNBytes(BLOCK))) {
                    return false;
                }
            } while (expected.length > 0);
            return true;
        } catch (NoSuchFileException | EOFException | ZipException e) {
            return false;
        }
    }

    /** To open anything else might wait for ever. */
    private static boolean isRegular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** Writes to the end of a file that grows by this alone. */
    private static final class Appending extends OutputStream {
        private final OpenFile file;
        private long at;

        Appending(OpenFile file) {
            this.file = file;
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            file.write(ByteBuffer.wrap(bytes, from, count), at);
            at += count;
        }
    }
}
