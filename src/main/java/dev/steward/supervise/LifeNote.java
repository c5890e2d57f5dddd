package dev.steward.supervise;

import dev.steward.posix.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Who is the main process of an agent, written into its life file as soon as it is known: one small write without a sync, for it
 * has to outlast this daemon and not the machine. Recovery believes this and the record, and takes nobody else for a main process.
 *
 * @param fingerprint of the section by which it was started; empty if there was no room for it
 */
record LifeNote(Identity identity, String incarnation, Optional<String> fingerprint, Proven proven) {
    /** Always this long, so that a shorter note leaves nothing of a longer one, and one write replaces all. */
    private static final int SIZE = 256;

    /** Into the file, or beside it where no room is left for its first block. */
    void write(Path file) throws IOException {
        try {
            writeInto(file);
        } catch (IOException full) {
            try {
                SmallNote.of(this, key(file)).write(file);
            } catch (IOException none) {
                full.addSuppressed(none);
                throw full;
            }
        }
    }

    private void writeInto(Path file) throws IOException {
        var line = String.join(
                " ",
                Long.toString(identity.pid()),
                Long.toString(identity.start()),
                identity.boot(),
                incarnation,
                fingerprint.orElse("-"),
                key(file),
                proven.written());
        var bytes =
                (line + " ".repeat(Math.max(0, SIZE - 1 - line.length())) + "\n").getBytes(StandardCharsets.US_ASCII);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), 0);
        }
    }

    /** Which file it is on this machine: the note in a copy of a home speaks of the original's agents. */
    private static String key(Path file) throws IOException {
        return String.valueOf(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    /**
     * The note in a life file, or beside it, whichever is the later; empty if there is none, for the process is just being made, or if
     * it is a copy of another's.
     *
     * @param boot this boot's id
     */
    static Optional<LifeNote> read(Path file, String boot) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            var key = key(file);
            var within = within(file, key);
            var beside = SmallNote.read(file).flatMap(small -> small.note(key, boot));
            return within.isPresent() && beside.isPresent()
                    ? Optional.of(later(within.get(), beside.get()))
                    : within.or(() -> beside);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** Of one boot the process that started last; what another boot left counts for nothing. */
    private static LifeNote later(LifeNote within, LifeNote beside) {
        var sameBoot = within.identity.boot().equals(beside.identity.boot());
        return sameBoot && within.identity.start() >= beside.identity.start() ? within : beside;
    }

    private static Optional<LifeNote> within(Path file, String key) throws IOException {
        if (Files.size(file) != SIZE) {
            return Optional.empty();
        }
        var words = Files.readString(file, StandardCharsets.ISO_8859_1).strip().split(" ", -1);
        try {
            // Earlier versions wrote no more than six.
            var whole = words.length == 8 || words.length == 6;
            return whole && words[5].equals(key)
                    ? Optional.of(new LifeNote(
                            new Identity(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]),
                            words[3],
                            Optional.of(words[4]),
                            words.length == 8 ? Proven.read(words[6], words[7]) : Proven.NOTHING))
                    : Optional.empty();
        } catch (NumberFormatException unreadable) {
            return Optional.empty();
        }
    }
}
