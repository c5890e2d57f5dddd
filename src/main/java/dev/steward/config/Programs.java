package dev.steward.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the file that a command names, as {@code execvp(3)} would, and says why it could not be run. Reads the file system,
 * changes nothing; any thread.
 *
 * @param launcher what {@code steward} alone means
 */
public record Programs(Path launcher) {
    /** Where programs are sought if an environment has no {@code PATH}. */
    public static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** What became of a search. */
    public sealed interface Lookup {
        /** This absolute file can be executed. */
        record Found(Path file) implements Lookup {}

        /** It cannot be run; the reason is for people. */
        record NotFound(String reason) implements Lookup {}
    }

    /**
     * Looks a program up. A name without a slash is sought in {@code PATH}; a relative one with a slash, and a relative or
     * empty entry of {@code PATH}, is meant relative to the directory.
     *
     * @param directory the agent's working directory, absolute
     * @param environment the agent's own
     */
    public Lookup find(String program, Path directory, Map<String, String> environment) {
        try {
            if (program.isEmpty()) {
                return new Lookup.NotFound("the program's name is empty");
            }
            if (program.equals("steward")) {
                return check(launcher.toAbsolutePath(), directory, environment);
            }
            return program.indexOf('/') >= 0
                    ? check(directory.resolve(program).normalize(), directory, environment)
                    : findInPath(program, directory, environment);
        } catch (InvalidPathException e) {
            return new Lookup.NotFound("'" + Shown.of(program) + "' is not a path");
        }
    }

    private static Lookup findInPath(String program, Path directory, Map<String, String> environment) {
        var path = environment.getOrDefault("PATH", DEFAULT_PATH);
        Optional<Path> unusable = Optional.empty();
        for (var entry : List.of(path.split(":", -1))) {
            var candidate = directory.resolve(entry).resolve(program);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return check(candidate, directory, environment);
            }
            if (unusable.isEmpty() && Files.isRegularFile(candidate)) {
                unusable = Optional.of(candidate);
            }
        }
        return new Lookup.NotFound(unusable.map(file -> file + " is not executable: chmod +x it")
                .orElseGet(() -> "there is no program '" + Shown.of(program) + "' in PATH (" + path + ")"));
    }

    private static Lookup check(Path file, Path directory, Map<String, String> environment) {
        if (!Files.exists(file)) {
            return new Lookup.NotFound("there is no file " + file);
        }
        if (Files.isDirectory(file)) {
            return new Lookup.NotFound(file + " is a folder");
        }
        if (!Files.isRegularFile(file)) {
            return new Lookup.NotFound(file + " is not a regular file");
        }
        if (!Files.isExecutable(file)) {
            return new Lookup.NotFound(file + " is not executable: chmod +x it");
        }
        return Interpreter.of(file)
                .flatMap(
                        interpreter -> interpreter.missing(directory, name -> findInPath(name, directory, environment)))
                .<Lookup>map(reason -> new Lookup.NotFound(file + " " + reason))
                .orElseGet(() -> new Lookup.Found(file));
    }
}
