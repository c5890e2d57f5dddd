package dev.steward.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A validator of JSON Schema for the keywords that the generated schema uses, and for no others. */
record SchemaCheck(JsonNode root) {
    private static final Set<String> ANNOTATIONS =
            Set.of("$schema", "title", "description", "default", "examples", "format");

    /** What is wrong with the document, by place; empty if it is valid. */
    List<String> problems(JsonNode document) {
        var problems = new ArrayList<String>();
        check(root, document, "$", problems);
        return problems;
    }

    private static boolean valid(JsonNode schema, JsonNode value) {
        var problems = new ArrayList<String>();
        check(schema, value, "", problems);
        return problems.isEmpty();
    }

    private static void check(JsonNode schema, JsonNode value, String at, List<String> problems) {
        if (schema.isBoolean()) {
            if (!schema.booleanValue()) {
                problems.add(at + ": not allowed");
            }
            return;
        }
        for (var keyword : schema.properties()) {
            if (!ANNOTATIONS.contains(keyword.getKey())
                    && !holds(keyword.getKey(), keyword.getValue(), schema, value, at, problems)) {
                problems.add(at + ": " + keyword.getKey() + " " + keyword.getValue());
            }
        }
    }

    private static boolean holds(
            String keyword, JsonNode demand, JsonNode schema, JsonNode value, String at, List<String> problems) {
        return switch (keyword) {
            case "type" ->
                demand.isArray() ? any(demand, type -> isA(type.asString(), value)) : isA(demand.asString(), value);
            case "enum" -> any(demand, value::equals);
            case "pattern" ->
                !value.isString()
                        || Pattern.compile(demand.asString())
                                .matcher(value.asString())
                                .find();
            case "minimum" -> !value.isNumber() || value.asDouble() >= demand.asDouble();
            case "maximum" -> !value.isNumber() || value.asDouble() <= demand.asDouble();
            case "minItems" -> !value.isArray() || value.size() >= demand.asInt();
            case "required" -> !value.isObject() || all(demand, key -> value.has(key.asString()));
            case "anyOf" -> any(demand, option -> valid(option, value));
            case "not" -> !valid(demand, value);
            case "items" -> {
                for (int i = 0; value.isArray() && i < value.size(); i++) {
                    check(demand, value.get(i), at + "[" + i + "]", problems);
                }
                yield true;
            }
            case "properties" -> {
                for (var property : demand.properties()) {
                    if (value.has(property.getKey())) {
                        check(
                                property.getValue(),
                                value.get(property.getKey()),
                                at + "." + property.getKey(),
                                problems);
                    }
                }
                yield true;
            }
            case "propertyNames" -> all(names(value), name -> valid(demand, name));
            case "patternProperties" -> true;
            case "additionalProperties" -> {
                for (var property : value.properties()) {
                    if (!isDeclared(property.getKey(), schema)) {
                        check(demand, property.getValue(), at + "." + property.getKey(), problems);
                    }
                }
                yield true;
            }
            default -> throw new IllegalArgumentException("this checker does not know " + keyword);
        };
    }

    private static boolean isDeclared(String key, JsonNode schema) {
        return schema.path("properties").has(key)
                || schema.path("patternProperties").properties().stream()
                        .anyMatch(pattern ->
                                Pattern.compile(pattern.getKey()).matcher(key).find());
    }

    private static boolean isA(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isString();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static JsonNode names(JsonNode value) {
        var names = tools.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        value.properties().forEach(property -> names.add(property.getKey()));
        return names;
    }

    private static boolean any(JsonNode array, java.util.function.Predicate<JsonNode> test) {
        return array.values().stream().anyMatch(test);
    }

    private static boolean all(JsonNode array, java.util.function.Predicate<JsonNode> test) {
        return array.values().stream().allMatch(test);
    }
}
