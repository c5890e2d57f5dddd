package dev.steward.supervise;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where agents live.
 *
 * @param home the node's folder
 * @param config the configuration file in force
 * @param launcher what {@code steward} means as a program
 * @param environment the daemon's own, which agents inherit
 * @param reach by what agents beat that do so neither by a file nor by sd_notify
 * @param beforeStart told of an agent's log just before its process is started, while nothing of the former one writes to it; by the
 *     supervising thread, which it must not hold up
 */
public record Surroundings(
        Path home,
        Path config,
        Path launcher,
        Map<String, String> environment,
        Reach reach,
        Consumer<Path> beforeStart) {
    /** A variable of guards alone, by which one that a daemon started is known. */
    public static final String GUARD = "STEWARD_GUARD";

    /** A variable of handlers of work orders alone, by which those that a former daemon in this process began are known. */
    static final String WORKER = "STEWARD_WORKER";

    public Surroundings {
        environment = Map.copyOf(environment);
    }

    /** Where life files are. */
    Path run() {
        return home.resolve("run");
    }

    /** A folder with nothing in it but {@code steward}, first in every agent's {@code PATH}: so it is the launcher in scripts too. */
    Path bin() {
        return run().resolve("bin");
    }
}
