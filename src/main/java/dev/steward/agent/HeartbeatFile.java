package dev.steward.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;

/** The agent's sign of life. Readers see a whole beat or the one before it: each is written beside the file and renamed. */
final class HeartbeatFile {
    private final Path file;
    private final Path next;
    private final String identity;

    HeartbeatFile(Path file, Self self) {
        this.file = file;
        this.next = file.resolveSibling("." + file.getFileName() + ".tmp");
        this.identity = self.members();
    }

    /**
     * Who beats.
     *
     * @param incarnation as the daemon named it; empty if no daemon started this agent
     * @param boot the kernel's id of this boot; empty where it has none
     */
    record Self(long pid, Optional<String> incarnation, Optional<String> boot) {
        private String members() {
            return ",\"pid\":" + pid
                    + incarnation.map(id -> ",\"incarnation\":" + quoted(id)).orElse("")
                    + boot.map(id -> ",\"boot\":" + quoted(id)).orElse("");
        }

        private static String quoted(String id) {
            return '"' + id.replaceAll("[^A-Za-z0-9_-]", "") + '"';
        }
    }

    /** There is no bus yet, so no beat may say that it is connected to one. */
    void write(Instant now, long iter) throws IOException {
        var folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(
                next, "{\"ts\":" + now.getEpochSecond() + ",\"iter\":" + iter + identity + ",\"bus\":\"away\"}\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
