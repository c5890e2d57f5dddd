package dev.steward.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** {@code embedded}, an address of Redis, or a section. */
record BusConverter(RecordConverter<BusSection> sections, Converter<RedisAddress> addresses)
        implements Converter<BusSection> {
    private static final String EMBEDDED = "embedded";

    private static final Converter<String> WORD = new ScalarConverter<>(
            "embedded, an address of Redis, or a section", true, Parsed::good, Json.object("enum", List.of(EMBEDDED)));

    /** Redis is what was meant all the same: what goes with it is no mistake. */
    private static final Optional<RedisSection> REFUSED = Optional.of(RedisSection.REFUSED);

    @Override
    public Optional<BusSection> read(Node node, Scope at) {
        return node instanceof MappingNode mapping ? section(mapping, at) : word(node, at);
    }

    private Optional<BusSection> section(MappingNode mapping, Scope at) {
        if (mapping.getValue().isEmpty()) {
            at.problem("says nothing", "write embedded, or redis://localhost:6379");
            return Optional.empty();
        }
        return sections.read(mapping, at)
                .map(section -> section.redis().isPresent() ? section : new BusSection(REFUSED));
    }

    private Optional<BusSection> word(Node node, Scope at) {
        return WORD.read(node, at).map(word -> {
            if (word.equals(EMBEDDED)) {
                return BusSection.EMBEDDED;
            }
            var redis = addresses.read(node, at).map(RedisSection::at);
            redis.ifPresent(section -> section.validate(at));
            return new BusSection(redis.or(() -> REFUSED));
        });
    }

    @Override
    public Map<String, Object> schema() {
        // Unlike other sections it cannot be left empty: that could mean either bus.
        var section = new LinkedHashMap<>(sections.schema());
        section.put("type", "object");
        section.put("required", List.of("redis"));
        return Json.object("anyOf", List.of(WORD.schema(), addresses.schema(), section));
    }
}
