package dev.steward.audit;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;

/**
 * A file of lines, by offsets. On {@link RandomAccessFile}, since a {@code FileChannel} closes itself when its thread is
 * interrupted, in the middle of a write.
 */
final class LineFile implements Closeable {
    private static final int BLOCK = 64 * 1024;

    /** Holds most lines. */
    private static final int SMALL_BLOCK = 4 * 1024;

    private final RandomAccessFile file;
    private final Identity identity;

    private LineFile(RandomAccessFile file, Identity identity) {
        this.file = file;
        this.identity = identity;
    }

    /** Which file it is, whatever its name: device and inode. */
    record Identity(String key) {
        private static Identity of(BasicFileAttributes attributes) {
            return new Identity(String.valueOf(attributes.fileKey()));
        }
    }

    static LineFile toRead(Path path) throws IOException {
        return open(path, "r");
    }

    static LineFile toWrite(Path path) throws IOException {
        return open(path, "rw");
    }

    // Opening a FIFO would wait for ever.
    private static LineFile open(Path path, String mode) throws IOException {
        var attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(path + " is not a regular file");
        }
        return new LineFile(new RandomAccessFile(path.toFile(), mode), Identity.of(attributes));
    }

    Identity identity() {
        return identity;
    }

    long size() throws IOException {
        return file.length();
    }

    /** Reads up to {@code length} bytes at this offset; gives how many, -1 at the end. Regular files give all that there is. */
    int read(long offset, byte[] to, int length) throws IOException {
        file.seek(offset);
        return file.read(to, 0, length);
    }

    /** The same, for several threads at once; not for one that may be interrupted, since that would close the file. */
    int readAt(long offset, byte[] to, int length) throws IOException {
        return file.getChannel().read(ByteBuffer.wrap(to, 0, length), offset);
    }

    /** The bytes from one offset to another, which must be few. */
    byte[] bytes(long from, long to) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(to - from)];
        file.seek(from);
        file.readFully(bytes);
        return bytes;
    }

    /** Where the {@code n}-th newline before an offset is, counted backwards from 1; -1 if there are fewer. */
    long newlineBefore(long offset, long n) throws IOException {
        byte[] block = new byte[SMALL_BLOCK];
        long left = n;
        for (long end = offset; end > 0; ) {
            long start = Math.max(0, end - block.length);
            file.seek(start);
            file.readFully(block, 0, (int) (end - start));
            for (int i = (int) (end - start) - 1; i >= 0; i--) {
                if (block[i] == '\n' && --left == 0) {
                    return start + i;
                }
            }
            end = start;
            if (block.length < BLOCK) {
                block = new byte[BLOCK];
            }
        }
        return -1;
    }

    /** Where the next newline is, from an offset on. */
    long newlineFrom(long offset) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long at = offset; ; at += block.length) {
            int read = read(at, block, block.length);
            for (int i = 0; i < read; i++) {
                if (block[i] == '\n') {
                    return at + i;
                }
            }
            if (read < block.length) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
    }

    /** SHA-256 of the bytes from one offset to another. */
    String hash(long from, long to) throws IOException {
        MessageDigest digest = Hashes.sha256();
        copy(from, to, digest::update);
        return Hashes.hex(digest.digest());
    }

    /** Takes a block of bytes. */
    interface Sink {
        void take(byte[] bytes, int offset, int length) throws IOException;
    }

    void copy(long from, long to, Sink sink) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long at = from; at < to; ) {
            int read = read(at, block, (int) Math.min(BLOCK, to - at));
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            sink.take(block, 0, read);
            at += read;
        }
    }

    void write(long offset, byte[] bytes, int from, int length) throws IOException {
        file.seek(offset);
        file.write(bytes, from, length);
    }

    /** Cuts off what lies behind this size, and waits until all before it is on disk. */
    void endAt(long size) throws IOException {
        if (file.length() > size) {
            file.setLength(size);
        }
        file.getFD().sync();
    }

    void cutTo(long size) throws IOException {
        file.setLength(size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
