package dev.steward.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A list; reports every bad item, not the first alone. */
record ListConverter<T>(Converter<T> items) implements Converter<List<T>> {
    @Override
    public Optional<List<T>> read(Node node, Scope at) {
        if (!(node instanceof SequenceNode sequence)) {
            at.problem(
                    "is " + Nodes.kind(node) + "; it must be a list", "write [one, two], or one item a line after -");
            return Optional.empty();
        }
        var read = new ArrayList<T>();
        var nodes = sequence.getValue();
        for (int i = 0; i < nodes.size(); i++) {
            items.read(nodes.get(i), at.enter(i, nodes.get(i))).ifPresent(read::add);
        }
        return read.size() == nodes.size() ? Optional.of(List.copyOf(read)) : Optional.empty();
    }

    @Override
    public Map<String, Object> schema() {
        return Json.object("type", "array", "items", items.schema());
    }
}
