package dev.steward.config;

import java.util.Map;

/**
 * A value that nobody is to see. In a configuration it is one reference and nothing else, which alone is ever shown.
 *
 * @param text a reference; anything else is never shown
 */
public record Secret(Text text) {
    /**
     * What it stands for now: ask at each use, so that a changed file is taken up.
     *
     * @throws Text.UnresolvedReference if a variable is not set or a file cannot be read; its message names the reference
     */
    public String resolve(Map<String, String> environment) {
        return text.resolve(environment);
    }

    /** Whether this is one reference and nothing else. */
    static boolean isReference(String template) {
        return References.parse(template) instanceof Parsed.Good(var parts)
                && parts.size() == 1
                && !(parts.getFirst() instanceof References.Part.Literal);
    }

    /** The reference; never what it stands for. */
    @Override
    public String toString() {
        return isReference(text.template()) ? text.template() : "(not shown)";
    }
}
