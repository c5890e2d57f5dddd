package dev.steward.config;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Anything that is one value. Reads the text as it was written, so that {@code umask: 022} keeps its zero.
 *
 * @param wanted for people, with an example
 */
record ScalarConverter<T>(
        String wanted, boolean references, Function<String, Parsed<T>> parse, Map<String, Object> schema)
        implements Converter<T> {

    /** For what may not hold references: they would be taken for plain text. */
    ScalarConverter(String wanted, Function<String, Parsed<T>> parse, Map<String, Object> schema) {
        this(wanted, false, parse, schema);
    }

    @Override
    public Optional<T> read(Node node, Scope at) {
        if (!(node instanceof ScalarNode scalar)) {
            at.problem("is " + Nodes.kind(node) + "; it must be " + wanted, "");
            return Optional.empty();
        }
        if (Nodes.isNull(node)) {
            at.problem("has no value; it must be " + wanted, homeHint(scalar));
            return Optional.empty();
        }
        var text = scalar.getValue();
        if (text.indexOf('\0') >= 0) {
            at.problem("holds a NUL character", "");
            return Optional.empty();
        }
        if (!references && (text.contains("${env:") || text.contains("${file:"))) {
            at.problem(
                    "cannot hold a reference",
                    "references are resolved in env, in list commands and in passwords only");
            return Optional.empty();
        }
        return switch (parse.apply(text)) {
            case Parsed.Good(var value) -> Optional.of(value);
            case Parsed.Bad(var message, var suggestion) -> {
                at.problem(message, suggestion);
                yield Optional.empty();
            }
        };
    }

    private static String homeHint(ScalarNode scalar) {
        return scalar.getValue().equals("~") ? "~ alone means nothing in YAML; write the folder's path" : "";
    }
}
