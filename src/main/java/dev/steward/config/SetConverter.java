package dev.steward.config;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** A list whose order and repetitions mean nothing. */
record SetConverter<T>(ListConverter<T> list) implements Converter<Set<T>> {
    @Override
    public Optional<Set<T>> read(Node node, Scope at) {
        return list.read(node, at).map(items -> Collections.unmodifiableSet(new LinkedHashSet<>(items)));
    }

    @Override
    public Map<String, Object> schema() {
        return list.schema();
    }
}
