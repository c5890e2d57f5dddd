package dev.steward.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Questions about nodes. */
final class Nodes {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

    private Nodes() {}

    static boolean isNull(Node node) {
        return node instanceof ScalarNode scalar && scalar.isPlain() && NULLS.contains(scalar.getValue());
    }

    /** For messages, without the value itself: it may be a secret in the wrong place. */
    static String kind(Node node) {
        if (isNull(node)) {
            return "nothing";
        }
        return switch (node) {
            case MappingNode mapping -> "a section";
            case SequenceNode sequence -> "a list";
            default -> "a single value";
        };
    }

    /** As JSON would hold it. For the trees of this package's own defaults and examples. */
    static Object plain(Node node) {
        return switch (node) {
            case MappingNode mapping -> {
                var map = new LinkedHashMap<String, Object>();
                for (var pair : mapping.getValue()) {
                    map.put(((ScalarNode) pair.getKeyNode()).getValue(), plain(pair.getValueNode()));
                }
                yield map;
            }
            case SequenceNode sequence -> {
                var list = new ArrayList<Object>();
                sequence.getValue().forEach(item -> list.add(plain(item)));
                yield list;
            }
            case ScalarNode scalar when scalar.getTag().equals(Tag.BOOL) -> Boolean.valueOf(scalar.getValue());
            case ScalarNode scalar when scalar.getTag().equals(Tag.INT) -> Integer.valueOf(scalar.getValue());
            case ScalarNode scalar -> scalar.getValue();
            default -> throw new IllegalArgumentException(node.getNodeType().name());
        };
    }
}
