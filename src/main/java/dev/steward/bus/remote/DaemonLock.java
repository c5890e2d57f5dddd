package dev.steward.bus.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lock that a daemon has from its start to its end, also while another one takes its place; looked at, not touched. */
final class DaemonLock {
    private static final Path LOCKS = Path.of("/proc/locks");

    private DaemonLock() {}

    /** Whether a daemon has it, by {@code proc_locks(5)}; false where that doesn't tell. */
    static boolean isHeld(Path home) {
        try (var lines = Files.lines(LOCKS)) {
            var file = ":" + Files.getAttribute(home.resolve("run").resolve("daemon.lock"), "unix:ino") + " ";
            return lines.anyMatch(line -> line.contains(" FLOCK ") && line.contains(file));
        } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
            // No home, or another kernel.
            return false;
        }
    }
}
