package dev.steward.cli;

import dev.steward.config.Templates;
import dev.steward.daemon.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * What becomes of a configuration that is not there. It is written where nobody said which one is meant and nothing was ever run;
 * anywhere else somebody mistyped or lost it, and another one would stop the agents of the right one.
 */
final class Missing {
    private final Root root;

    Missing(Root root) {
        this.root = root;
    }

    /**
     * Nothing is done if it is there, or if a daemon can do with the last good copy, since agents live by it.
     *
     * @throws Failure with what to do, if it is to be found by somebody
     */
    void write() throws Failure, IOException {
        var home = root.home();
        var file = root.configFile();
        // One that may not be looked at is explained by whoever reads it.
        if (!Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        var copy = home.lastGood(file);
        if (root.configNamedBy().isEmpty() && isNew(home)) {
            if (FirstConfig.writeIfNone(file, Templates.reference())) {
                root.caller().say("there was no configuration; wrote the reference deployment to " + file);
            }
        } else if (!Files.exists(copy) || Survivors.of(home).isEmpty()) {
            throw new Failure(Exit.CONFIGURATION, "no configuration at " + file + told(copy) + living(home));
        }
    }

    private String told(Path copy) {
        var why =
                root.configNamedBy().map(by -> ", which " + by + " names").orElse(", though this home was used before");
        var back = Files.exists(copy)
                ? "put it back (a copy is " + copy + ")"
                : root.configNamedBy().map(_ -> "mend the name").orElse("put it back");
        return why + ": " + back + ", or write a new one: " + root.again("init");
    }

    private static String living(Home home) throws IOException {
        var survivors = Survivors.of(home);
        return survivors.isEmpty() ? "" : ". Agents live on: " + String.join(", ", survivors);
    }

    private static boolean isNew(Home home) throws IOException {
        return Files.notExists(home.state()) && !hasTraces(home.run());
    }

    private static boolean hasTraces(Path run) throws IOException {
        if (!Files.isDirectory(run)) {
            return false;
        }
        try (var traces = Files.newDirectoryStream(run, "{*.life,last-good-*}")) {
            return traces.iterator().hasNext();
        }
    }
}
