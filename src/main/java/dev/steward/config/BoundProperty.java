package dev.steward.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A key with its converter.
 *
 * @param otherwise its default as it was written, if it has one
 * @param value what its absence means; made once, since it can be shared
 */
record BoundProperty(Property property, Converter<?> converter, Optional<Node> otherwise, Object value) {
    static BoundProperty of(Property property, Converters converters) {
        var converter = converters.of(property.type(), property.annotations());
        var otherwise = YamlFile.snippet(property.defaultYaml());
        Optional<?> value = otherwise.isPresent()
                ? converter.read(otherwise.get(), Scope.detached())
                : converter.absent(Scope.detached());
        return new BoundProperty(property, converter, otherwise, usable(value, property));
    }

    /** What absence means where the surrounding section may have a default of its own for this key. */
    Object absent(Optional<Node> nearer) {
        return nearer.isPresent() ? usable(converter.read(nearer.get(), Scope.detached()), property) : value;
    }

    private static Object usable(Optional<?> value, Property property) {
        return value.orElseThrow(() -> new IllegalStateException(property.key() + " has no usable default"));
    }

    Map<String, Object> describe(Optional<Node> nearest) {
        var schema = new LinkedHashMap<String, Object>();
        var absence = property.otherwise().isEmpty() ? "" : " Default: " + property.otherwise() + ".";
        // First in the text, and in place of what a section says of itself.
        schema.put("description", "");
        schema.putAll(
                converter instanceof RecordConverter<?> section
                        ? section.schema(RecordConverter.asDefaults(nearest))
                        : converter.schema());
        schema.put("description", property.doc() + absence);
        nearest.ifPresent(node -> schema.put("default", Nodes.plain(node)));
        YamlFile.snippet(property.example()).ifPresent(node -> schema.put("examples", List.of(Nodes.plain(node))));
        return schema;
    }
}
