package dev.steward.daemon;

import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A guard that lives: the loop in the launcher that starts a home's daemon again whenever it dies.
 *
 * @param pid as it wrote it; empty if it has not, or the disk is full
 * @param next when it starts the daemon, if it pauses; empty while a daemon lives or is being started
 */
public record Guard(Home home, Optional<Long> pid, Optional<Instant> next) {
    /**
     * How one is started: with the lock of {@link Home#guardLock} as descriptor 3, which says that it lives.
     *
     * @param daemon the pid of a daemon that lives already
     */
    public static List<String> argv(Home home, Path config, Optional<Long> daemon) {
        var argv = new ArrayList<>(List.of(
                Program.launcher().toString(),
                "--home",
                home.folder().toString(),
                "--config",
                config.toString(),
                "guard"));
        daemon.ifPresent(pid -> argv.add(String.valueOf(pid)));
        return argv;
    }

    /** That of a home, if there is one. Looking takes its lock for a moment if it is free. */
    public static Optional<Guard> of(Home home) throws IOException {
        if (!Files.exists(home.guardLock())) {
            return Optional.empty();
        }
        try (var lock = Posix.locksOnly().tryLock(home.guardLock()).orElse(null)) {
            return lock == null
                    ? Optional.of(new Guard(
                            home,
                            number(home.guardPid()),
                            number(home.guardNext()).map(Instant::ofEpochSecond)))
                    : Optional.empty();
        }
    }

    private static Optional<Long> number(Path file) throws IOException {
        try {
            var text = Files.readString(file).strip();
            return text.matches("[0-9]{1,15}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Asks it to end; the daemon goes on, if there is one. A pid that belongs to somebody else by now is left alone. */
    public void end() {
        pid.flatMap(ProcessHandle::of).filter(process -> isOne(process, home)).ifPresent(ProcessHandle::destroy);
    }

    /** Whether a process is a guard of a home, by its command line. */
    static boolean isOne(ProcessHandle process, Home home) {
        var words = List.of(process.info().arguments().orElse(new String[0]));
        return words.contains("guard") && words.contains(home.folder().toString());
    }
}
