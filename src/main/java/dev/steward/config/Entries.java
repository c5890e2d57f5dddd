package dev.steward.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The keys of a mapping in its order, with those that it merges ({@code <<: *defaults}, YAML 1.1 merge key) below its own.
 */
final class Entries {
    /** Merges of merges; deeper ones are nobody's configuration. */
    private static final int DEEPEST = 8;

    private static final int MOST = 20_000;

    private final Map<String, Entry> byKey = new LinkedHashMap<>();
    private final Scope at;
    private int visited;

    record Entry(String key, Node keyNode, Node value) {}

    private Entries(Scope at) {
        this.at = at;
    }

    static List<Entry> of(MappingNode mapping, Scope at) {
        var entries = new Entries(at);
        entries.collect(mapping, 0);
        return List.copyOf(entries.byKey.values());
    }

    private void collect(MappingNode mapping, int depth) {
        if (depth > DEEPEST || visited > MOST) {
            at.problemAt(mapping, "too many merges (<<) within merges", "write the keys out");
            return;
        }
        var own = new LinkedHashMap<String, Entry>();
        var merged = new ArrayList<Node>();
        for (var pair : mapping.getValue()) {
            visited++;
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                at.problemAt(pair.getKeyNode(), "a key must be a word", "");
            } else if (key.isPlain() && key.getValue().equals("<<")) {
                merged.add(pair.getValueNode());
            } else {
                var entry = new Entry(key.getValue(), key, pair.getValueNode());
                var first = own.putIfAbsent(key.getValue(), entry);
                if (first != null) {
                    at.problemAt(
                            key,
                            "the key '" + Shown.of(key.getValue()) + "' is there twice",
                            "the first is in line "
                                    + Position.of(first.keyNode()).line());
                }
            }
        }
        own.values().forEach(entry -> byKey.putIfAbsent(entry.key(), entry));
        merged.forEach(node -> merge(node, depth));
    }

    private void merge(Node node, int depth) {
        switch (node) {
            case MappingNode mapping -> collect(mapping, depth + 1);
            case SequenceNode sequence
            when sequence.getValue().stream().allMatch(MappingNode.class::isInstance) ->
                sequence.getValue().forEach(item -> collect((MappingNode) item, depth + 1));
            default -> at.problemAt(node, "<< merges a section or a list of sections", "write, for example, <<: *name");
        }
    }
}
