package dev.steward.config;

import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** What may be left out. */
record OptionalConverter<T>(Converter<T> inner) implements Converter<Optional<T>> {
    @Override
    public Optional<Optional<T>> read(Node node, Scope at) {
        return Optional.of(inner.read(node, at));
    }

    @Override
    public Optional<Optional<T>> absent(Scope at) {
        return Optional.of(Optional.empty());
    }

    @Override
    public Map<String, Object> schema() {
        return inner.schema();
    }
}
