package dev.steward.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The agent's sign of life. Readers see a whole beat or the one before it: each is written beside the file and renamed. */
final class HeartbeatFile {
    private final Path file;
    private final Path next;
    private final String identity;

    HeartbeatFile(Path file, Self self) {
        this.file = file;
        this.next = file.resolveSibling("." + file.getFileName() + ".tmp");
        this.identity =
                ",\"pid\":" + self.pid() + member("incarnation", self.incarnation()) + member("boot", self.boot());
    }

    private static String member(String name, String id) {
        return id.isEmpty() ? "" : ",\"" + name + "\":\"" + id.replaceAll("[^A-Za-z0-9_-]", "") + '"';
    }

    /**
     * Writes a beat.
     *
     * @param at when it beat
     * @param connected to a bus that takes and gives
     */
    void write(Instant at, long iter, boolean connected) throws IOException {
        var folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(
                next,
                "{\"ts\":" + at.getEpochSecond() + ",\"iter\":" + iter + identity + ",\"bus\":\""
                        + (connected ? "connected" : "away") + "\"}\n");
        // Its time, too, is the beat's: one that is told again, with another bus, is not a later one.
        Files.setLastModifiedTime(next, FileTime.from(at));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
