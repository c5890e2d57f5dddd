package dev.steward.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The parts of a template: plain text, {@code ${env:NAME}}, {@code ${file:path}}; a second dollar before the brace makes it plain. */
final class References {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private References() {}

    sealed interface Part {
        /** As it stands in the template. */
        String written();

        record Literal(String written, String value) implements Part {}

        record Variable(String written, String name) implements Part {}

        record Content(String written, String path) implements Part {}
    }

    static Parsed<List<Part>> parse(String template) {
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < template.length()) {
            if (template.startsWith("$${", at)) {
                parts.add(new Part.Literal("$${", "${"));
                at += 3;
            } else if (template.startsWith("${", at)) {
                var end = template.indexOf('}', at);
                if (end < 0) {
                    return Parsed.bad("a reference is not closed", "end it with }, or write $${ for the characters ${");
                }
                switch (reference(template.substring(at, end + 1))) {
                    case Parsed.Good(var part) -> parts.add(part);
                    case Parsed.Bad(var message, var suggestion) -> {
                        return Parsed.bad(message, suggestion);
                    }
                }
                at = end + 1;
            } else {
                var end = template.indexOf('$', at + 1);
                var literal = template.substring(at, end < 0 ? template.length() : end);
                parts.add(new Part.Literal(literal, literal));
                at += literal.length();
            }
        }
        return Parsed.good(List.copyOf(parts));
    }

    private static Parsed<Part> reference(String written) {
        var inner = written.substring(2, written.length() - 1);
        if (inner.startsWith("env:") && NAME.matcher(inner.substring(4)).matches()) {
            return Parsed.good(new Part.Variable(written, inner.substring(4)));
        }
        if (inner.startsWith("file:") && inner.length() > 5 && inner.indexOf('\0') < 0) {
            return Parsed.good(new Part.Content(written, inner.substring(5)));
        }
        var meant = NAME.matcher(inner).matches() ? "did you mean ${env:" + inner + "}? " : "";
        return Parsed.bad(
                "'" + Shown.of(written) + "' is not a reference",
                meant + "possible: ${env:NAME} and ${file:path}; $${ stands for the characters ${");
    }
}
