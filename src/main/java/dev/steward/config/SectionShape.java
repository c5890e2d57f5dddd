package dev.steward.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** What the annotations of a section's record say of its keys as a whole. */
record SectionShape(
        String doc, List<Later> later, List<String> alternatives, String freePrefix, Optional<Belongs> belongs) {
    static SectionShape of(Class<?> type) {
        var doc = type.getAnnotation(Doc.class);
        var oneOf = type.getAnnotation(OneOf.class);
        var free = type.getAnnotation(FreeKeys.class);
        return new SectionShape(
                doc == null ? "" : doc.value(),
                List.of(type.getAnnotationsByType(Later.class)),
                oneOf == null ? List.of() : List.of(oneOf.value()),
                free == null ? "" : free.value(),
                Optional.ofNullable(type.getAnnotation(Belongs.class)));
    }

    /** Reports a key that the section does not have. */
    void refuse(Entries.Entry entry, Collection<String> keys, Scope at) {
        var key = entry.key();
        if (!freePrefix.isEmpty() && key.startsWith(freePrefix)) {
            return;
        }
        for (var mark : later) {
            if (mark.key().equals(key)) {
                at.enter(key, entry.keyNode(), entry.keyNode())
                        .problem(
                                "this version of Steward has no " + mark.what() + " yet",
                                entry.value() instanceof MappingNode ? "remove the section" : "remove the key");
                return;
            }
        }
        at.problemAt(entry.keyNode(), "unknown key '" + Shown.of(key) + "'", Suggest.among(key, keys));
    }

    void checkAlternatives(Set<String> given, Scope at) {
        var both = alternatives.stream().filter(given::contains).toList();
        if (both.size() > 1) {
            at.problem(String.join(" and ", both) + " exclude each other", "keep one of them");
        }
    }

    void checkBelonging(Map<String, Entries.Entry> given, Scope at) {
        belongs.ifPresent(mark -> {
            var other = given.get(mark.to());
            var word = other == null ? mark.word() : other.value() instanceof ScalarNode text ? text.getValue() : "";
            var is = given.containsKey(mark.key());
            if (word.equals(mark.word()) && !is) {
                at.problem(mark.key() + " is missing", "add, for example, " + mark.key() + ": " + mark.example());
            } else if (!word.equals(mark.word()) && is) {
                at.key(mark.key())
                        .problem(
                                "goes with " + mark.to() + ": " + mark.word() + " only",
                                "remove it, or write " + mark.to() + ": " + mark.word());
            }
        });
    }

    /** The defaults without those that an alternative in the file takes the place of. */
    <T> Map<String, T> withoutAlternatives(Map<String, T> defaults, Set<String> given) {
        if (alternatives.stream().noneMatch(given::contains)) {
            return defaults;
        }
        var rest = new LinkedHashMap<>(defaults);
        rest.keySet().removeAll(alternatives);
        return rest;
    }

    Map<String, Object> schema(Map<String, Object> properties, List<String> required) {
        var schema = new LinkedHashMap<String, Object>();
        if (!doc.isEmpty()) {
            schema.put("description", doc);
        }
        schema.put("type", required.isEmpty() ? List.of("object", "null") : "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!freePrefix.isEmpty()) {
            schema.put("patternProperties", Json.object("^" + freePrefix, true));
        }
        schema.put("additionalProperties", false);
        if (!alternatives.isEmpty()) {
            schema.put("not", Json.object("anyOf", pairs()));
        }
        belongs.ifPresent(mark -> {
            var with = Json.object("required", List.of(mark.key()));
            var word = Json.object(mark.to(), Json.object("enum", List.of(mark.word())));
            schema.put(
                    "anyOf",
                    List.of(
                            Json.object("required", List.of(mark.key()), "properties", word),
                            Json.object(
                                    "required",
                                    List.of(mark.to()),
                                    "not",
                                    Json.object("anyOf", List.of(with, Json.object("properties", word))))));
        });
        return schema;
    }

    private List<Map<String, Object>> pairs() {
        var pairs = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < alternatives.size(); i++) {
            for (int j = i + 1; j < alternatives.size(); j++) {
                pairs.add(Json.object("required", List.of(alternatives.get(i), alternatives.get(j))));
            }
        }
        return pairs;
    }
}
