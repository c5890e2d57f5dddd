package dev.steward.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * The binder: turns a section of the file into a record, a key for each component. Every component of such a record has a
 * default, may be empty or is a section itself, so a section with problems still becomes a record and the checks after it
 * find what else is wrong.
 */
final class RecordConverter<R extends Record> implements Converter<R> {
    private final Constructor<R> constructor;
    private final List<BoundProperty> properties = new ArrayList<>();
    private final SectionShape shape;

    RecordConverter(Class<R> type, Converters converters) {
        shape = SectionShape.of(type);
        constructor = canonical(type);
        for (var property : Property.of(type)) {
            properties.add(BoundProperty.of(property, converters));
        }
    }

    private static <R> Constructor<R> canonical(Class<R> type) {
        try {
            var types = new ArrayList<Class<?>>();
            for (var component : type.getRecordComponents()) {
                types.add(component.getType());
            }
            var canonical = type.getDeclaredConstructor(types.toArray(Class[]::new));
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    @Override
    public Optional<R> read(Node node, Scope at) {
        return read(node, Map.of(), at);
    }

    @Override
    public Optional<R> absent(Scope at) {
        return Optional.of(build(Map.of(), Map.of(), at));
    }

    /** A section over defaults that where it is used gives it. */
    Optional<R> read(Node node, Map<String, Node> defaults, Scope at) {
        if (Nodes.isNull(node)) {
            return Optional.of(build(Map.of(), defaults, at));
        }
        if (!(node instanceof MappingNode mapping)) {
            at.problem(
                    "is " + Nodes.kind(node) + "; it must be a section", "possible keys: " + String.join(", ", keys()));
            return Optional.empty();
        }
        var given = new LinkedHashMap<String, Entries.Entry>();
        for (var entry : Entries.of(mapping, at)) {
            if (keys().contains(entry.key())) {
                given.put(entry.key(), entry);
            } else {
                shape.refuse(entry, keys(), at);
            }
        }
        return Optional.of(build(given, defaults, at));
    }

    private R build(Map<String, Entries.Entry> given, Map<String, Node> defaults, Scope at) {
        shape.checkAlternatives(given.keySet(), at);
        shape.checkBelonging(given, at);
        var values = new ArrayList<Object>();
        for (var bound : properties) {
            values.add(value(bound, given, shape.withoutAlternatives(defaults, given.keySet()), at));
        }
        try {
            var made = constructor.newInstance(values.toArray());
            if (made instanceof Section section) {
                section.validate(at);
            }
            return made;
        } catch (InvocationTargetException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(constructor.toString(), e);
        }
    }

    private Object value(BoundProperty bound, Map<String, Entries.Entry> given, Map<String, Node> defaults, Scope at) {
        var key = bound.property().key();
        var entry = given.get(key);
        var fallback = Optional.ofNullable(defaults.get(key)).or(bound::otherwise);
        if (entry != null) {
            var place = at.enter(key, entry.keyNode(), entry.value());
            var read = bound.converter() instanceof RecordConverter<?> section
                    ? section.read(entry.value(), asDefaults(fallback), place)
                    : bound.converter().read(entry.value(), place);
            if (read.isPresent()) {
                return read.get();
            }
        } else if (bound.property().required()) {
            at.problem(
                    key + " is missing",
                    "add, for example, " + key + ": " + bound.property().example());
        }
        return bound.absent(Optional.ofNullable(defaults.get(key)));
    }

    /** The default of a section, key by key. */
    static Map<String, Node> asDefaults(Optional<Node> node) {
        var defaults = new HashMap<String, Node>();
        if (node.isPresent() && node.get() instanceof MappingNode mapping) {
            mapping.getValue()
                    .forEach(pair -> defaults.put(Nodes.plain(pair.getKeyNode()).toString(), pair.getValueNode()));
        }
        return defaults;
    }

    private Set<String> keys() {
        var keys = new LinkedHashSet<String>();
        properties.forEach(bound -> keys.add(bound.property().key()));
        return keys;
    }

    @Override
    public Map<String, Object> schema() {
        return schema(Map.of());
    }

    Map<String, Object> schema(Map<String, Node> defaults) {
        var described = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var bound : properties) {
            var key = bound.property().key();
            described.put(
                    key, bound.describe(Optional.ofNullable(defaults.get(key)).or(bound::otherwise)));
            if (bound.property().required()) {
                required.add(bound.property().key());
            }
        }
        return shape.schema(described, required);
    }
}
