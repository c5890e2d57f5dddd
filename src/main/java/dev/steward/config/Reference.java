package dev.steward.config;

import dev.steward.posix.Signal;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.Node;

/** Tells people of every key of the file, from the records that read it, as tables in Markdown. */
final class Reference {
    private static final Map<Class<?>, String> WORDS = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(Text.class, "text, may hold references"),
            Map.entry(boolean.class, "true or false"),
            Map.entry(Boolean.class, "true or false"),
            Map.entry(int.class, "whole number"),
            Map.entry(Integer.class, "whole number"),
            Map.entry(Duration.class, "duration"),
            Map.entry(DataSize.class, "size"),
            Map.entry(Path.class, "path"),
            Map.entry(Glob.class, "path or glob"),
            Map.entry(Pattern.class, "regular expression"),
            Map.entry(URI.class, "address of HTTP"),
            Map.entry(Signal.class, "signal"),
            Map.entry(Command.class, "list or string"),
            Map.entry(KeepAlive.class, "`always`, `on-failure`, `never` or conditions"),
            Map.entry(Needs.class, "list of agents"),
            Map.entry(Endpoint.class, "host:port or port"),
            Map.entry(Umask.class, "octal number"),
            Map.entry(LimitValue.class, "number or `unlimited`"),
            Map.entry(Secret.class, "one reference"),
            Map.entry(RedisAddress.class, "address of Redis"),
            Map.entry(BusSection.class, "`embedded`, address of Redis or section"));

    private final StringBuilder rows = new StringBuilder();
    private final List<String> later = new ArrayList<>();

    private Reference() {}

    static String markdown() {
        return new Reference().table("The file", RootSection.class)
                + "\n"
                + new Reference().table("An agent: `agents: {<name>: …}`", AgentSection.class)
                + "\n"
                + new Reference().table("Logs with rules of their own: `logs: {files: [{…}]}`", LogFilesSection.class)
                + "\n"
                + new Reference().table("A bus over Redis: `bus: {redis: {…}}`", RedisSection.class)
                + "\n"
                + new Reference().table("An inbox: `inboxes: {<name>: …}`", InboxSection.class)
                + "\n"
                + new Reference().table("A worker: `workers: {<name>: …}`", WorkerSection.class);
    }

    private String table(String title, Class<?> section) {
        rows(section, "", Map.of());
        var refused = later.isEmpty()
                ? ""
                : "\nRefused by name, since this version of Steward has no such part yet: " + String.join(", ", later)
                        + ".\n";
        return "### " + title + "\n\n| key | value | default | meaning |\n|---|---|---|---|\n" + rows + refused;
    }

    private void rows(Class<?> section, String prefix, Map<String, Node> defaults) {
        for (var property : Property.of(section)) {
            var key = prefix + property.key();
            var type = present(property.type());
            var nearer = Optional.ofNullable(defaults.get(property.key()));
            rows.append("| `%s` | %s | %s | %s |\n"
                    .formatted(key, words(type, property), absence(property, nearer), property.doc()));
            if (isSection(type)) {
                var nearest = nearer.or(() -> YamlFile.snippet(property.defaultYaml()));
                rows((Class<?>) type, key + ".", RecordConverter.asDefaults(nearest));
            }
        }
        for (var mark : section.getAnnotationsByType(Later.class)) {
            later.add("`" + prefix + mark.key() + "`");
        }
    }

    /** What is there if the key is. */
    private static Type present(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class
                ? generic.getActualTypeArguments()[0]
                : type;
    }

    private static boolean isSection(Type type) {
        return type instanceof Class<?> plain && plain.isRecord() && !WORDS.containsKey(plain);
    }

    private static String absence(Property property, Optional<Node> nearer) {
        if (property.required()) {
            return "must be there";
        }
        if (!property.otherwise().isEmpty()) {
            return property.otherwise().replace("<", "\\<");
        }
        var yaml = nearer.map(Nodes::plain).map(Object::toString).orElse(property.defaultYaml());
        return yaml.isEmpty() ? "see its keys" : "`" + yaml + "`";
    }

    private static String words(Type type, Property property) {
        var words = words(type);
        var range = property.annotations().getAnnotation(Range.class);
        if (range != null) {
            return words + " from " + range.min() + " to " + range.max();
        }
        var least = property.annotations().getAnnotation(AtLeast.class);
        if (least != null) {
            return words + " of " + least.value() + " or more";
        }
        var matches = property.annotations().getAnnotation(Matches.class);
        if (matches != null) {
            return words + "; " + (words.startsWith("section") ? "each name: " : "") + matches.saying();
        }
        return property.annotations().isAnnotationPresent(Positive.class) ? words + ", not 0s" : words;
    }

    private static String words(Type type) {
        return switch (type) {
            case ParameterizedType generic -> collection(generic);
            case Class<?> plain when WORDS.containsKey(plain) -> WORDS.getOrDefault(plain, "");
            case Class<?> plain when plain.isRecord() -> "section";
            case Class<?> plain when plain.isEnum() -> alternatives(plain);
            default -> throw new IllegalArgumentException("no words for " + type);
        };
    }

    private static String collection(ParameterizedType type) {
        var items = type.getActualTypeArguments();
        if (type.getRawType() == Map.class) {
            var keys = items[0] == String.class ? "" : " of " + words(items[0]);
            return "section" + keys + "; each value: " + (isSection(items[1]) ? "a section" : words(items[1]));
        }
        if (type.getRawType() == Set.class || type.getRawType() == List.class) {
            return isSection(items[0]) ? "list; each item: a section" : "list: " + words(items[0]);
        }
        throw new IllegalArgumentException("no words for " + type);
    }

    private static String alternatives(Class<?> type) {
        return EnumConverter.of(type).schema().get("enum") instanceof List<?> words
                ? words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "))
                : "";
    }
}
