package dev.steward.config;

import java.nio.file.Path;

/** Reads secrets: one reference each, with an absolute path. What stands there in clear is refused and not repeated. */
final class Secrets {
    private Secrets() {}

    static Converter<Secret> relativeTo(Path folder) {
        return new ScalarConverter<>(
                "a reference, like \"${file:secrets/redis}\"",
                true,
                text -> parse(text, folder),
                Json.object("type", "string", "pattern", "^\\$\\{(env|file):[^}]+\\}$"));
    }

    static Parsed<Secret> parse(String template, Path folder) {
        var looksLikeIt = template.startsWith("${") && template.indexOf('}') == template.length() - 1;
        if (!looksLikeIt && !Secret.isReference(template)) {
            return Parsed.bad(
                    "stands there in clear, or is more than one reference",
                    "put it into a file that Steward alone can read, and write \"${file:secrets/redis}\"; or"
                            + " \"${env:REDIS_PASSWORD}\"");
        }
        return switch (Texts.parse(template, folder)) {
            case Parsed.Good(var text) -> Parsed.good(new Secret(text));
            case Parsed.Bad(var message, var suggestion) -> Parsed.bad(message, suggestion);
        };
    }
}
