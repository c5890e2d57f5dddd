package dev.steward.config;

import dev.steward.config.Programs.Lookup;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One search for a program, as {@link Programs} promises it. */
record ProgramSearch(Path launcher, Path directory, Map<String, String> environment, Mask mask) {
    Lookup find(String program) {
        try {
            if (program.isEmpty()) {
                return new Lookup.NotFound(mask.program()
                        .map(name -> "'" + name + "' comes to nothing")
                        .orElse("the program's name is empty"));
            }
            if (program.equals("steward")) {
                return check(launcher.toAbsolutePath(), mask.file(launcher.toAbsolutePath()));
            }
            if (program.indexOf('/') >= 0) {
                var file = directory.resolve(program).normalize();
                return check(file, mask.file(file));
            }
            return findInPath(program);
        } catch (InvalidPathException e) {
            return new Lookup.NotFound("'" + mask.program(program) + "' is not a path");
        }
    }

    private Lookup findInPath(String program) {
        var path = environment.getOrDefault("PATH", Programs.DEFAULT_PATH);
        Optional<Path> unusable = Optional.empty();
        for (var entry : List.of(path.split(":", -1))) {
            var candidate = directory.resolve(entry).resolve(program);
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return check(candidate, mask.file(candidate, program, path));
            }
            if (unusable.isEmpty() && Files.isRegularFile(candidate)) {
                unusable = Optional.of(candidate);
            }
        }
        return new Lookup.NotFound(
                unusable.map(file -> mask.file(file, program, path) + " is not executable: chmod +x it")
                        .orElseGet(() -> "there is no program '" + mask.program(program) + "' in PATH ("
                                + mask.path(path) + ")"));
    }

    private Lookup check(Path file, String shown) {
        if (!Files.exists(file)) {
            return new Lookup.NotFound("there is no file " + shown);
        }
        if (Files.isDirectory(file)) {
            return new Lookup.NotFound(shown + " is a folder");
        }
        if (!Files.isRegularFile(file)) {
            return new Lookup.NotFound(shown + " is not a regular file");
        }
        if (!Files.isExecutable(file)) {
            return new Lookup.NotFound(shown + " is not executable: chmod +x it");
        }
        var named = new ProgramSearch(launcher, directory, environment, mask.ofPathAlone());
        return Interpreter.of(file)
                .flatMap(interpreter -> interpreter.missing(directory, named::findInPath))
                .<Lookup>map(reason -> new Lookup.NotFound(shown + " " + reason))
                .orElseGet(() -> new Lookup.Found(file));
    }
}
