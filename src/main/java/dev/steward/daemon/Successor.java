package dev.steward.daemon;

import dev.steward.control.CannotBeReplaced;
import dev.steward.posix.Posix;
import dev.steward.posix.SpawnFailed;
import dev.steward.posix.SpawnRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The program that takes this daemon's place: what a launcher says that it would become, in this daemon's own environment. It is
 * asked beforehand, so that a launcher that finds no JDK is no reason to go; and without it in between, no shell can be hit by a
 * signal, or leave children to this process.
 *
 * @param argv the program's absolute path first
 */
record Successor(List<String> argv) {
    /** Asks a launcher, and waits for what it says: some hundredths of a second. */
    static Successor of(Path launcher, List<String> words, Home home, Posix posix, Map<String, String> environment)
            throws CannotBeReplaced {
        if (!Files.isExecutable(launcher)) {
            throw new CannotBeReplaced(launcher + " is no program that this daemon may execute");
        }
        var output = home.run().resolve("successor");
        try (var life = posix.locks().lock(home.run().resolve("successor.lock"))) {
            Files.deleteIfExists(output);
            var argv = new ArrayList<>(List.of(launcher.toString(), "--java-command"));
            argv.addAll(words);
            var pid = posix.spawner()
                    .spawn(new SpawnRequest(argv, forLauncher(environment), home.folder(), output, life));
            posix.poller().bury(pid);
            var said = Files.readString(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return read(launcher, said);
        } catch (IOException | SpawnFailed e) {
            throw new CannotBeReplaced(launcher + " cannot be asked what it would become: " + e.getMessage());
        }
    }

    /** What is newer than its build was built by whoever asks for this. */
    private static Map<String, String> forLauncher(Map<String, String> environment) {
        var own = new HashMap<>(environment);
        own.put("STEWARD_NO_BUILD", "1");
        return own;
    }

    /** Words with a NUL behind each; lines before them are messages. */
    static Successor read(Path launcher, String said) throws CannotBeReplaced {
        var end = said.indexOf('\0');
        if (end < 0 || !said.endsWith("\0")) {
            throw new CannotBeReplaced(launcher + " starts no daemon: " + said.strip());
        }
        var words = said.substring(said.lastIndexOf('\n', end) + 1, said.length() - 1);
        var argv = Arrays.asList(words.split("\0", -1));
        if (!Files.isExecutable(Path.of(argv.getFirst()))) {
            throw new CannotBeReplaced(launcher + " would become " + argv.getFirst() + ", which cannot be executed");
        }
        return new Successor(argv);
    }
}
