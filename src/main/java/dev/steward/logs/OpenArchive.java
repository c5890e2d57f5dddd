package dev.steward.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** An archive that is being read; what is renamed or removed meanwhile stays open. */
final class OpenArchive implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final Seen seen;
    private final InputStream in;
    private long at;

    private OpenArchive(Seen seen, InputStream in) {
        this.seen = seen;
        this.in = in;
    }

    /** Opens it; empty if it is no longer where it was seen. */
    static Optional<OpenArchive> open(Beside beside, Seen seen) throws IOException {
        try {
            var file = Files.newInputStream(beside.path(seen.archive()), LinkOption.NOFOLLOW_LINKS);
            try {
                // What was opened is what was seen, if that is there even now: nothing gets a number back.
                if (!beside.seen(seen.archive()).map(Seen::file).equals(Optional.of(seen.file()))) {
                    file.close();
                    return Optional.empty();
                }
                return Optional.of(
                        new OpenArchive(seen, seen.archive().compressed() ? new GZIPInputStream(file, BLOCK) : file));
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    Seen seen() {
        return seen;
    }

    /** How many bytes of it were read or passed over. */
    long at() {
        return at;
    }

    InputStream stream() {
        return in;
    }

    /** What is at a place of an archive. */
    enum Found {
        /** What was read last is right before it. */
        HERE,
        /** It ends before that place. */
        SHORTER,
        /** Something else is before it. */
        OTHER
    }

    /** Goes to a place in it, once; what was read last should be before that. */
    Found seek(long to, Remnant remnant) throws IOException {
        var known = (int) Math.min(remnant.length(), to);
        skip(to - known);
        var before = new byte[known];
        var count = in.readNBytes(before, 0, known);
        at += count;
        if (at < to) {
            return Found.SHORTER;
        }
        return remnant.endsWith(before, known) ? Found.HERE : Found.OTHER;
    }

    private void skip(long to) throws IOException {
        var block = new byte[BLOCK];
        while (at < to) {
            if (!seen.archive().compressed()) {
                // This may go beyond the end of a file; the last byte is read.
                at += in.skip(to - at - 1);
            }
            var count = in.read(block, 0, (int) Math.min(block.length, to - at));
            if (count <= 0) {
                return;
            }
            at += count;
        }
    }

    /** 0 at the end. */
    int read(byte[] into, int most) throws IOException {
        var count = Math.max(0, in.read(into, 0, most));
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
