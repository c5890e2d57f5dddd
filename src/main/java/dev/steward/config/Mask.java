package dev.steward.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What to say in place of a program's name and of {@code PATH}, where these came of references and may hold a secret.
 *
 * @param program the template; empty if the name can be shown
 * @param path the template; empty if {@code PATH} can be shown
 */
record Mask(Optional<String> program, Optional<String> path) {
    static final Mask NONE = new Mask(Optional.empty(), Optional.empty());

    static Mask of(Invocation invocation) {
        var program = switch (invocation.command()) {
            case Command.Exec(var argv) -> Optional.of(argv.getFirst());
            case Command.Shell _ -> Optional.<Text>empty();
        };
        return new Mask(
                template(program), template(Optional.ofNullable(invocation.env().get("PATH"))));
    }

    private static Optional<String> template(Optional<Text> text) {
        return text.filter(Text::hasReferences).map(Text::template);
    }

    /** For a program that the first one needs, whose name was not configured. */
    Mask ofPathAlone() {
        return new Mask(Optional.empty(), path);
    }

    String program(String resolved) {
        return program.orElse(Shown.of(resolved));
    }

    String path(String resolved) {
        return path.orElse(resolved);
    }

    String file(Path file) {
        return program.orElseGet(file::toString);
    }

    /** A file that was found in {@code PATH}. */
    String file(Path file, String name, String searched) {
        return program.isEmpty() && path.isEmpty()
                ? file.toString()
                : program(name) + " in PATH (" + path(searched) + ")";
    }
}
