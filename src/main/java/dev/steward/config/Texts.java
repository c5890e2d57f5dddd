package dev.steward.config;

import dev.steward.config.References.Part;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Reads texts with references; makes the paths in them absolute, so that they mean the same from any folder. */
final class Texts {
    private Texts() {}

    static Converter<Text> relativeTo(Path folder) {
        return new ScalarConverter<>(
                "a text", true, text -> parse(text, folder), Json.object("type", Scalars.ANY_SCALAR));
    }

    static Parsed<Text> parse(String template, Path folder) {
        return switch (References.parse(template)) {
            case Parsed.Good(var parts) -> absolute(parts, folder);
            case Parsed.Bad(var message, var suggestion) -> Parsed.bad(message, suggestion);
        };
    }

    private static Parsed<Text> absolute(List<Part> parts, Path folder) {
        var template = new StringBuilder();
        for (var part : parts) {
            if (part instanceof Part.Content(var written, var path)) {
                try {
                    var file = folder.resolve(path).normalize().toString();
                    if (file.contains("}")) {
                        return Parsed.bad("the path " + file + " has a } in it", "move the file that is meant");
                    }
                    template.append("${file:").append(file).append('}');
                } catch (InvalidPathException e) {
                    return Parsed.bad("'" + Shown.of(written) + "' does not hold a path", e.getReason());
                }
            } else {
                template.append(part.written());
            }
        }
        return Parsed.good(new Text(template.toString()));
    }
}
