package dev.steward.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that this daemon has open and others may take away: whoever does so does not stop it, but what it does there is lost. */
final class Landmarks {
    private static final Logger LOG = LoggerFactory.getLogger(Landmarks.class);

    private final Map<Path, Known> known = new LinkedHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    private record Known(String key, String loss) {}

    Landmarks(Home home) {
        know(
                home.run(),
                "the locks in it, which keep a second daemon and second processes of agents away, are gone with it");
        know(home.guardLock(), "nothing tells whether a guard lives");
    }

    private void know(Path file, String loss) {
        key(file).ifPresent(key -> known.put(file, new Known(key, loss)));
    }

    /** Each loss is told once, and stands as long as this daemon lives. What was in a folder that is gone goes without saying. */
    void look() {
        if (!problems.isEmpty()) {
            return;
        }
        known.entrySet().stream()
                .filter(entry ->
                        !key(entry.getKey()).equals(Optional.of(entry.getValue().key())))
                .findFirst()
                .ifPresent(entry -> {
                    var told = entry.getKey() + " was removed or replaced under the daemon: "
                            + entry.getValue().loss() + ". Start it anew, agents go on: steward upgrade-daemon";
                    LOG.error("{}", told);
                    problems.add(told);
                });
    }

    List<String> problems() {
        return problems;
    }

    /** Device and inode. */
    private static Optional<String> key(Path file) {
        try {
            return Optional.of(String.valueOf(
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey()));
        } catch (IOException e) {
            LOG.debug("{}: {}", file, e.getMessage());
            return Optional.empty();
        }
    }
}
