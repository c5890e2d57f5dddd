package dev.steward.orders.work;

import dev.steward.bus.Site;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where workers live.
 *
 * @param home the node's folder, absolute; attempts have their files in {@code work} in it
 * @param config the configuration file in force
 * @param launcher what {@code steward} means as a program
 * @param environment the daemon's own, which handlers inherit
 */
public record WorkGround(Site site, Path home, Path config, Path launcher, Map<String, String> environment) {
    public WorkGround {
        environment = Map.copyOf(environment);
    }

    /** Where attempts have their files. */
    Path work() {
        return home.resolve("work");
    }

    /** A folder with nothing in it but {@code steward}, first in every handler's {@code PATH}. */
    Path bin() {
        return home.resolve("run").resolve("bin");
    }
}
