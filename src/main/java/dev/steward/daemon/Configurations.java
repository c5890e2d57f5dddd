package dev.steward.daemon;

import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.config.Loaded;
import dev.steward.config.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration file: strictly where somebody waits for the answer, mildly where agents run already. Any thread. */
final class Configurations {
    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

    private final Path file;
    private final Map<String, String> environment;
    private final Path copy;
    private final LastGood lastGood;
    private volatile Optional<String> problem = Optional.empty();

    Configurations(Home home, Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = environment;
        copy = home.lastGood(file);
        lastGood = new LastGood(Program.loader(environment), file, copy);
    }

    Path file() {
        return file;
    }

    /** The file as it is now; nothing of it is taken up if it is refused. */
    Configuration read() throws ConfigException {
        var read = lastGood.read(() -> Program.loader(environment).load(file));
        problem = Optional.empty();
        return read;
    }

    /**
     * For a start: a file that is refused is no reason to leave agents alone, nor is a program that one of them lacks.
     *
     * @param anythingLives whether agents run
     */
    Loaded first(boolean anythingLives) throws ConfigException {
        if (!anythingLives) {
            return new Loaded(read(), List.of());
        }
        try {
            return lastGood.read(() -> Program.loader(environment).loadForRecovery(file));
        } catch (ConfigException e) {
            var instead = lastGood.instead();
            if (instead.isEmpty()) {
                throw e;
            }
            problem = Optional.of(told(e));
            LOG.error("{}", problem.get());
            return instead.get();
        }
    }

    private String told(ConfigException refused) {
        if (Files.notExists(file)) {
            return "the configuration is gone, and the last one that was in order is in force, since agents run by it. There"
                    + " is no file " + file + ": put it back, a copy is " + copy + ", then: steward reload";
        }
        var reasons = new ArrayList<>(
                refused.problems().stream().map(Problem::toString).toList());
        var more = reasons.size() == 1 ? "" : " (and " + (reasons.size() - 1) + " more)";
        return "the configuration is refused, and the last one that was in order is in force, since agents run by it."
                + " Mend it, then: steward reload. " + reasons.getFirst() + more;
    }

    /** That the configuration in force is not the file's, until the file is taken up. */
    Optional<String> problem() {
        return problem;
    }
}
