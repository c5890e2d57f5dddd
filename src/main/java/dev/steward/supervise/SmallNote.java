package dev.steward.supervise;

import dev.steward.posix.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Optional;

/**
 * What a life note says, in an extended attribute of its file (xattr(7)): on a full disk there is no block for a file's first bytes,
 * and a full folder may have no room for another name, but ext4 keeps 68 bytes of an attribute within the inode, and tmpfs keeps them
 * in memory. Numbers are hexadecimal, and ids are cut, to fit into that.
 *
 * @param boot the first letters of the boot's id
 * @param file tells the file from a copy of it
 */
record SmallNote(long pid, long start, String boot, String incarnation, String file) {
    private static final String ATTRIBUTE = "who";
    private static final int BOOT = 8;
    private static final int ROOM = 68;

    static SmallNote of(LifeNote note, String key) {
        var identity = note.identity();
        return new SmallNote(
                identity.pid(), identity.start(), shortened(identity.boot()), note.incarnation(), digest(key));
    }

    private static String shortened(String boot) {
        return boot.substring(0, Math.min(BOOT, boot.length()));
    }

    private static String digest(String key) {
        return Integer.toHexString(key.hashCode());
    }

    void write(Path life) throws IOException {
        var text = String.join(
                " ", Long.toHexString(pid), Long.toHexString(start), boot, incarnation.replace("-", ""), file);
        view(life).write(ATTRIBUTE, ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Empty if there is none, or where the file system has no such attributes. */
    static Optional<SmallNote> read(Path life) {
        try {
            var bytes = ByteBuffer.allocate(ROOM);
            view(life).read(ATTRIBUTE, bytes);
            var words =
                    StandardCharsets.US_ASCII.decode(bytes.flip()).toString().split(" ", -1);
            return words.length == 5 && words[3].length() == 32
                    ? Optional.of(new SmallNote(
                            Long.parseLong(words[0], 16),
                            Long.parseLong(words[1], 16),
                            words[2],
                            hyphenated(words[3]),
                            words[4]))
                    : Optional.empty();
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static UserDefinedFileAttributeView view(Path life) throws IOException {
        var view = Files.getFileAttributeView(life, UserDefinedFileAttributeView.class);
        if (view == null) {
            throw new IOException("its file system has no extended attributes");
        }
        return view;
    }

    private static String hyphenated(String id) {
        return String.join(
                "-",
                id.substring(0, 8),
                id.substring(8, 12),
                id.substring(12, 16),
                id.substring(16, 20),
                id.substring(20));
    }

    /** What it says, if it is of this boot and of that very file. */
    Optional<LifeNote> note(String key, String thisBoot) {
        return boot.equals(shortened(thisBoot)) && file.equals(digest(key))
                ? Optional.of(
                        new LifeNote(new Identity(pid, start, thisBoot), incarnation, Optional.empty(), Proven.NOTHING))
                : Optional.empty();
    }
}
