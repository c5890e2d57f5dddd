package dev.steward.cli;

import dev.steward.daemon.Home;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** Agents that live while there is no daemon, as far as their life locks tell. */
final class Survivors {
    private Survivors() {}

    /** Their names. */
    static List<String> of(Home home) throws IOException {
        var names = new TreeSet<String>();
        if (Files.isDirectory(home.run())) {
            try (var files = Files.newDirectoryStream(home.run(), "*.life")) {
                for (var file : files) {
                    if (isHeld(file)) {
                        names.add(String.valueOf(file.getFileName()).replaceFirst("(@.*)?\\.life$", ""));
                    }
                }
            }
        }
        return List.copyOf(names);
    }

    private static boolean isHeld(Path file) throws IOException {
        try (var lock = Posix.locksOnly().tryLock(file).orElse(null)) {
            return lock == null;
        }
    }
}
