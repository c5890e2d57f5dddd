package dev.steward.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** A section whose keys are the user's own, in the file's order. A bad key or value is reported and left out. */
record MapConverter<K, V>(Converter<K> keys, Converter<V> values) implements Converter<Map<K, V>> {
    @Override
    public Optional<Map<K, V>> read(Node node, Scope at) {
        if (Nodes.isNull(node)) {
            return Optional.of(Map.of());
        }
        if (!(node instanceof MappingNode mapping)) {
            at.problem("is " + Nodes.kind(node) + "; it must be a section of names and values", "");
            return Optional.empty();
        }
        var read = new LinkedHashMap<K, V>();
        for (var entry : Entries.of(mapping, at)) {
            var key = keys.read(entry.keyNode(), at.enter(entry.key(), entry.keyNode(), entry.keyNode()));
            var value = values.read(entry.value(), at.enter(entry.key(), entry.keyNode(), entry.value()));
            if (key.isPresent() && value.isPresent()) {
                read.put(key.get(), value.get());
            }
        }
        return Optional.of(Collections.unmodifiableMap(read));
    }

    @Override
    public Map<String, Object> schema() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", List.of("object", "null"));
        schema.put("propertyNames", keys.schema());
        schema.put("additionalProperties", values.schema());
        return schema;
    }
}
