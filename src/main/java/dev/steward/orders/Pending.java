package dev.steward.orders;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A folder in the inbox that isn't a whole order yet: when it last changed, and whether it is worth reading again. Times are of the
 * monotonic clock, in nanoseconds. For one thread.
 */
final class Pending {
    /** Of more files than these, only the number counts. */
    private static final int MOST_FILES = 64;

    /** A change of content within this time may leave a file's time as it was. */
    private static final long QUIET = 2_000_000_000;

    private static final long SHORTEST_PAUSE = 20_000_000;
    /** Within a tenth of the time that it stayed as it is, a change is seen. */
    private static final int LOOKS_PER_AGE = 10;

    private final Path folder;
    private String looks = "";
    private String reason = "";
    private long changed;
    private long due;
    private boolean isChecked;
    private boolean isReported;
    private boolean isTold;

    Pending(Path folder, long now) {
        this.folder = folder;
        this.changed = now;
        this.due = now;
    }

    Path folder() {
        return folder;
    }

    /** Why it isn't whole, as of the last check. */
    String reason() {
        return reason;
    }

    /** When to look again. */
    long due() {
        return due;
    }

    boolean isDue(long now) {
        return now - due >= 0;
    }

    void putOff(long until) {
        due = until;
    }

    /** Whether it changed since it was checked, or may have. */
    boolean isWorthAChecking(long now) throws IOException {
        var looksNow = look();
        if (!looksNow.equals(looks)) {
            looks = looksNow;
            changed = now;
            isChecked = false;
            isReported = false;
        }
        return !isChecked;
    }

    /** It was checked, and isn't whole. */
    void checked(long now, String why) {
        isChecked = now - changed >= QUIET;
        reason = why;
    }

    /** Whether it stays as it is for too long, which is said once. */
    boolean isToBeReported(long now, long patience) {
        if (isReported || now - changed < patience) {
            return false;
        }
        isReported = true;
        return true;
    }

    /** Whether it was told as half-written, at any time. */
    boolean isTold() {
        return isTold;
    }

    /** It is told, perhaps as a half-written order. */
    void told(boolean asOrder) {
        isTold |= asOrder;
    }

    /** Whoever writes it is mostly quick, so the first looks follow each other soon. */
    void lookedAt(long now, long net) {
        due = now + Math.clamp((now - changed) / LOOKS_PER_AGE, Math.min(SHORTEST_PAUSE, net), net);
    }

    private String look() throws IOException {
        var files = new TreeSet<String>();
        look(folder, "", files);
        try {
            look(folder.resolve(Envelope.EVIDENCE), Envelope.EVIDENCE, files);
        } catch (NoSuchFileException | NotDirectoryException e) {
            files.add("no evidence");
        }
        return files.size() > MOST_FILES ? files.size() + " files" : String.join("\n", files);
    }

    private static String looks(Path file) throws IOException {
        try {
            var facts = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return facts.size() + " " + facts.lastModifiedTime() + " " + facts.fileKey();
        } catch (NoSuchFileException e) {
            // Whoever writes the order renamed it since the folder was listed.
            return "gone";
        }
    }

    private static void look(Path folder, String prefix, SortedSet<String> files) throws IOException {
        if (!Disk.isFolder(folder)) {
            throw Disk.isThere(folder)
                    ? new NotDirectoryException(folder.toString())
                    : new NoSuchFileException(folder.toString());
        }
        try (var all = Files.newDirectoryStream(folder)) {
            for (var each : all) {
                files.add(prefix + "/" + each.getFileName() + " " + looks(each));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
