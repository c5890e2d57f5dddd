package dev.steward.config;

import java.util.Map;

/**
 * A value that may hold references, {@code ${env:NAME}} or {@code ${file:path}}: resolved late, at the moment of use, and
 * shown with the references in place, so no output ever holds what they stand for.
 */
public record Text(String template) {
    /**
     * The value with its references resolved.
     *
     * @throws UnresolvedReference if a variable is not set or a file cannot be read; its message names the reference
     */
    public String resolve(Map<String, String> environment) {
        throw new UnresolvedReference(template);
    }

    /** A reference that leads nowhere. */
    public static final class UnresolvedReference extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnresolvedReference(String message) {
            super(message);
        }
    }
}
