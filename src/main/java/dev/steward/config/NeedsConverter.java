package dev.steward.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Names in a list, {@code name: done|ready} in a section, or both mixed. */
final class NeedsConverter implements Converter<Needs> {
    private static final Converter<Enum<?>> CONDITION = EnumConverter.of(Need.Condition.class);

    @Override
    public Optional<Needs> read(Node node, Scope at) {
        var needs = new ArrayList<Need>();
        switch (node) {
            case MappingNode mapping -> readMapping(mapping, at, needs);
            case SequenceNode sequence -> {
                var items = sequence.getValue();
                for (int i = 0; i < items.size(); i++) {
                    readItem(items.get(i), i, at, needs);
                }
            }
            case ScalarNode scalar
            when !Nodes.isNull(scalar) -> at.problem("must be a list", "write [" + Shown.of(scalar.getValue()) + "]");
            default -> at.problem("is " + Nodes.kind(node) + "; it must be a list of agents", "write [] for none");
        }
        return Optional.of(new Needs(List.copyOf(needs)));
    }

    /** Whichever way a need was written, its place is known by the agent's name. */
    private static void readItem(Node item, int index, Scope at, List<Need> into) {
        if (item instanceof MappingNode mapping) {
            readMapping(mapping, at, into);
        } else {
            Scalars.STRING
                    .read(item, at.enter(index, item))
                    .ifPresent(name -> add(new Need(name, Need.Condition.READY), at.enter(name, item, item), into));
        }
    }

    private static void readMapping(MappingNode mapping, Scope at, List<Need> into) {
        for (var entry : Entries.of(mapping, at)) {
            var condition = CONDITION.read(entry.value(), at.enter(entry.key(), entry.keyNode(), entry.value()));
            var place = at.enter(entry.key(), entry.keyNode(), entry.keyNode());
            condition.ifPresent(word -> add(new Need(entry.key(), (Need.Condition) word), place, into));
        }
    }

    private static void add(Need need, Scope at, List<Need> into) {
        if (into.stream().anyMatch(known -> known.agent().equals(need.agent()))) {
            at.problem("'" + Shown.of(need.agent()) + "' is there twice", "keep one of them");
        } else {
            into.add(need);
        }
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> conditions = Json.object("type", "object", "additionalProperties", CONDITION.schema());
        var item = Json.object("anyOf", List.of(Scalars.STRING.schema(), conditions));
        return Json.object("anyOf", List.of(Json.object("type", "array", "items", item), conditions));
    }
}
