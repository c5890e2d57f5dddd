package dev.steward.config;

import dev.steward.config.References.Part;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A value that may hold references, {@code ${env:NAME}} or {@code ${file:path}}: resolved late, at the moment of use, and
 * shown with the references in place, so no output ever holds what they stand for. A second dollar before the brace makes it plain text.
 *
 * @param template with absolute paths: the loader made relative ones absolute, so that equal texts mean the same
 */
public record Text(String template) {
    private static final int LARGEST_FILE = 1 << 20;

    /**
     * The value with its references resolved. Of a file's content one newline at the end is cut off.
     *
     * @throws UnresolvedReference if a variable is not set or a file cannot be read; its message names the reference
     */
    public String resolve(Map<String, String> environment) {
        return switch (References.parse(template)) {
            case Parsed.Bad(var message, var suggestion) -> throw new UnresolvedReference(message + ": " + suggestion);
            case Parsed.Good(var parts) -> {
                var value = new StringBuilder();
                for (var part : parts) {
                    value.append(valueOf(part, environment));
                }
                yield value.toString();
            }
        };
    }

    /** Whether it is more than plain text, so that what it comes to is not to be shown. */
    public boolean hasReferences() {
        return switch (References.parse(template)) {
            case Parsed.Bad(var message, var suggestion) -> true;
            case Parsed.Good(var parts) -> parts.stream().anyMatch(part -> !(part instanceof Part.Literal));
        };
    }

    private static String valueOf(Part part, Map<String, String> environment) {
        return switch (part) {
            case Part.Literal(var written, var value) -> value;
            case Part.Variable(var written, var name) -> {
                var value = environment.get(name);
                if (value == null) {
                    throw new UnresolvedReference(written + ": the variable is not set");
                }
                yield value;
            }
            case Part.Content(var written, var path) -> contentOf(written, path);
        };
    }

    private static String contentOf(String written, String path) {
        try {
            return switch (SmallFile.read(Path.of(path), LARGEST_FILE)) {
                case Parsed.Bad(var message, var suggestion) -> throw new UnresolvedReference(written + ": " + message);
                case Parsed.Good(var content)
                when content.indexOf('\0') >= 0 ->
                    throw new UnresolvedReference(written + ": the file holds a NUL character");
                case Parsed.Good(var content)
                when content.endsWith("\r\n") -> content.substring(0, content.length() - 2);
                case Parsed.Good(var content) when content.endsWith("\n") -> content.substring(0, content.length() - 1);
                case Parsed.Good(var content) -> content;
            };
        } catch (InvalidPathException e) {
            throw new UnresolvedReference(written + ": not a path");
        }
    }

    /** The template; never what its references stand for. */
    @Override
    public String toString() {
        return template;
    }

    /** A reference that leads nowhere. */
    public static final class UnresolvedReference extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnresolvedReference(String message) {
            super(message);
        }
    }
}
