package dev.steward.config;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** How one type is read from a file, and how the schema describes it: both in one place, so that they cannot drift. */
interface Converter<T> {
    /** The value, or empty after a problem was reported. */
    Optional<T> read(Node node, Scope at);

    /** What it means if the key is not there; empty if the type alone does not say. */
    default Optional<T> absent(Scope at) {
        return Optional.empty();
    }

    /** As JSON Schema, draft 2020-12. */
    Map<String, Object> schema();
}
