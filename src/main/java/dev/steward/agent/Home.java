package dev.steward.agent;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the daemon's folder as the daemon and the commands find it. */
final class Home {
    private Home() {}

    /**
     * The option, else {@code STEWARD_HOME}, which a daemon sets for its agents, else {@code steward} in the XDG state folder
     * (specifications.freedesktop.org/basedir); absolute.
     *
     * @throws java.nio.file.InvalidPathException if it is no path
     */
    static Path locate(Optional<String> option, Map<String, String> environment) {
        var said = option.or(() -> given(environment, "STEWARD_HOME")).map(Path::of);
        // A relative path in the XDG variable is invalid, says the specification, and has to be ignored.
        var state = given(environment, "XDG_STATE_HOME").map(Path::of).filter(Path::isAbsolute);
        return said.or(() -> state.map(folder -> folder.resolve("steward")))
                .orElseGet(() -> Path.of(given(environment, "HOME").orElseGet(() -> System.getProperty("user.home")))
                        .resolve(".local/state/steward"))
                .toAbsolutePath()
                .normalize();
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
