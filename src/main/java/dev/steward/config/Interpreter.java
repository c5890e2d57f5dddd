package dev.steward.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The first line of a script, as {@code execve(2)} reads it: {@code #!interpreter argument}. */
record Interpreter(String program, List<String> arguments) {
    /** What Linux reads of it ({@code BINPRM_BUF_SIZE}). */
    private static final int LONGEST = 256;

    /** Empty for binaries, and where this user may execute the file but not read it. */
    static Optional<Interpreter> of(Path file) {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(LONGEST);
        } catch (IOException e) {
            // Rights of x alone are enough to run a binary, so this says nothing against the program.
            return Optional.empty();
        }
        if (head.length < 2 || head[0] != '#' || head[1] != '!') {
            return Optional.empty();
        }
        var line = new String(head, StandardCharsets.UTF_8).substring(2).split("\n", 2)[0];
        var words = List.of(line.strip().split("[ \t]+"));
        // strip() would hide the carriage return that the system takes for a part of the name.
        var program = line.endsWith("\r") ? words.getFirst() + "\r" : words.getFirst();
        return Optional.of(new Interpreter(program, words.subList(1, words.size())));
    }

    /** Why the script cannot be run, as the end of a sentence that begins with its name. */
    Optional<String> missing(Path directory, Function<String, Programs.Lookup> inPath) {
        if (program.endsWith("\r")) {
            return Optional.of("ends its #! line as Windows does, which the system takes for a part of the"
                    + " interpreter's name: convert it, for example with dos2unix");
        }
        if (program.isEmpty()) {
            return Optional.of("names no interpreter after #!");
        }
        var file = directory.resolve(program);
        if (!Files.isRegularFile(file)) {
            return Optional.of("needs the interpreter " + Shown.of(program) + ", which does not exist");
        }
        if (!Files.isExecutable(file)) {
            return Optional.of("needs the interpreter " + Shown.of(program) + ", which is not executable");
        }
        return file.endsWith("env") ? missingThroughEnv(inPath) : Optional.empty();
    }

    private Optional<String> missingThroughEnv(Function<String, Programs.Lookup> inPath) {
        for (var word : arguments) {
            if (word.equals("-S") || word.contains("=")) {
                continue;
            }
            if (word.startsWith("-") || word.contains("/")) {
                return Optional.empty();
            }
            return switch (inPath.apply(word)) {
                case Programs.Lookup.Found(var file) -> Optional.empty();
                case Programs.Lookup.NotFound(var reason) ->
                    Optional.of("is run by '" + Shown.of(word) + "', but " + reason);
            };
        }
        return Optional.empty();
    }
}
