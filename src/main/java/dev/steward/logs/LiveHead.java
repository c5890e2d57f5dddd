package dev.steward.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long the head of a live log is that holds none of its lines: {@link Head}, for readers, who have neither its rights nor native
 * code.
 */
final class LiveHead {
    private static final String ATTRIBUTE = Head.ATTRIBUTE.substring("user.".length());
    private static final int LONGEST_NUMBER = 18;
    private static final int LONGEST_BLANK = 1 << 21;
    private static final int BLOCK = 4096;

    private LiveHead() {}

    /** Where in the file the stream goes on behind what is archived, or is being archived. */
    static long base(LiveFile file, Optional<CutRecord> cut, Sight sight) throws IOException {
        if (cut.isEmpty()) {
            return of(file, sight.newest().isPresent());
        }
        return switch (cut.get().step()) {
            case Step.Open _ -> of(file, true);
            case Step.Punch punch -> punch.end();
            case Step.Collapse(var to, var end) -> isHole(file, to) ? end : end - to;
            case Step.Pad(var length) -> length;
            case Step.Hole(var to) -> to;
            case Step.Truncate(var end) -> file.size() < end ? 0 : end;
        };
    }

    /** @param wasRotated whether there is an archive, without which nothing was cut */
    private static long of(LiveFile live, boolean wasRotated) throws IOException {
        var size = live.size();
        var noted = noted(live.path());
        if (size == 0) {
            return 0;
        }
        var first = live.byteAt(0);
        if (noted.told().isPresent()) {
            var length = noted.told().getAsLong();
            var isThere =
                    length > 0 && length <= size && (first == 0 ? live.byteAt(length - 1) == 0 : isBlank(live, length));
            if (isThere) {
                return length;
            }
        }
        if (first == 0) {
            return firstOther(live, size);
        }
        return noted.possible() || !wasRotated ? 0 : firstBlankLine(live);
    }

    private record Noted(OptionalLong told, boolean possible) {}

    private static Noted noted(Path live) throws IOException {
        var view = Files.getFileAttributeView(live, UserDefinedFileAttributeView.class);
        if (view == null) {
            return new Noted(OptionalLong.empty(), false);
        }
        try {
            if (!view.list().contains(ATTRIBUTE)) {
                return new Noted(OptionalLong.empty(), true);
            }
            var value = ByteBuffer.allocate(LONGEST_NUMBER + 1);
            view.read(ATTRIBUTE, value);
            var text = new String(value.array(), 0, value.position(), StandardCharsets.US_ASCII);
            return new Noted(
                    text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty(), true);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // The file system has none, or it was just taken away.
            return new Noted(OptionalLong.empty(), false);
        }
    }

    private static boolean isBlank(LiveFile live, long length) throws IOException {
        return length <= LONGEST_BLANK && firstBlankLine(live) == length;
    }

    private static long firstBlankLine(LiveFile live) throws IOException {
        var bytes = new byte[BLOCK];
        for (var at = 0L; at < LONGEST_BLANK; ) {
            var count = live.read(bytes, 0, BLOCK, at);
            for (var i = 0; i < count; i++) {
                if (bytes[i] != ' ') {
                    return bytes[i] == '\n' ? at + i + 1 : 0;
                }
            }
            if (count <= 0) {
                return 0;
            }
            at += count;
        }
        return 0;
    }

    /**
     * Where NULs at the head end: by halves, since a hole may be larger than could be read. A hole is punched once, from the beginning;
     * lines are text.
     */
    private static long firstOther(LiveFile live, long size) throws IOException {
        var nul = 0L;
        var other = (size + BLOCK - 1) / BLOCK;
        while (other - nul > 1) {
            var middle = (nul + other) / 2;
            if (firstOther(live, middle * BLOCK, BLOCK) < 0) {
                nul = middle;
            } else {
                other = middle;
            }
        }
        for (var block = nul; block <= other; block++) {
            var found = firstOther(live, block * BLOCK, BLOCK);
            if (found >= 0) {
                return block * BLOCK + found;
            }
        }
        return size;
    }

    /** −1 if all are NULs. */
    private static int firstOther(LiveFile live, long at, int length) throws IOException {
        var bytes = new byte[length];
        var count = live.read(bytes, 0, length, at);
        for (var i = 0; i < count; i++) {
            if (bytes[i] != 0) {
                return i;
            }
        }
        return -1;
    }

    /** Whether nothing but NULs stands in the first block, or in so much of it. */
    private static boolean isHole(LiveFile live, long length) throws IOException {
        return firstOther(live, 0, (int) Math.min(BLOCK, length)) < 0;
    }
}
