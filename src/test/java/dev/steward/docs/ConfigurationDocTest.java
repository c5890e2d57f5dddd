package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.BusConfig;
import dev.steward.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code docs/configuration.md} against the records that read the file. */
class ConfigurationDocTest {
    private static final String BEGIN = "<!-- generated: begin -->\n";
    private static final String END = "<!-- generated: end -->\n";
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z_.]+)` \\|");

    @TempDir
    Path folder;

    @Test
    void its_tables_are_those_of_the_records() throws IOException {
        var document = Document.of("docs/configuration.md");
        var text = document.text();
        var begin = text.indexOf(BEGIN) + BEGIN.length();
        var end = text.indexOf(END);
        if ("write".equals(System.getProperty("steward.docs"))) {
            Files.writeString(document.file(), text.substring(0, begin) + loader().reference() + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("keys have changed. Rewrite the tables: mvn test -Dtest=ConfigurationDocTest -Dsteward.docs=write")
                .isEqualTo(loader().reference());
    }

    @Test
    void its_example_loads() throws Exception {
        Files.writeString(folder.resolve("worker.env"), "A=1\n");
        var file = Files.writeString(folder.resolve("steward.yaml"), example());
        assertThat(loader().load(file).agents()).containsOnlyKeys("redis", "migrate", "other", "worker");
    }

    @Test
    void its_examples_of_a_bus_load() throws Exception {
        var examples = new Document(
                        Path.of("bus"), Document.of("docs/configuration.md").chapter("## Bus"))
                .blocks("yaml");
        assertThat(examples).hasSize(4);
        for (var bus : examples) {
            var file = Files.writeString(folder.resolve("steward.yaml"), bus);
            assertThat(loader().load(file).bus()).as(bus).isInstanceOf(BusConfig.Redis.class);
        }
    }

    @Test
    void its_example_has_every_key() throws IOException {
        var used = new TreeSet<String>();
        var root = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(example());
        var paths = new TreeSet<String>();
        collect(root, "", paths);
        paths.forEach(path -> used.add(path.replaceFirst(
                "^(agents|inboxes|workers)\\.[A-Za-z]+\\.|^logs\\.files\\[\\]\\.|^bus\\.redis\\.", "")));
        assertThat(example()).contains("or notify: {signal: HUP, pid_file: app.pid}");
        used.addAll(List.of("notify.signal", "notify.pid_file"));
        // Would not load but for root.
        assertThat(example()).contains("as root also user: alice");
        used.addAll(List.of("user", "logs.defaults.user"));
        assertThat(example()).contains("or url: redis://", "or nodes: [", "also ca: certs/ca.pem");
        used.addAll(List.of("url", "nodes", "ca"));
        // Of these one excludes the others; they stand in a comment.
        for (var alternative : new String[] {"after", "file", "tcp", "http", "notify"}) {
            assertThat(example()).contains(alternative + ": ");
            used.add("ready." + alternative);
        }
        assertThat(used).containsAll(documented());
    }

    private static Set<String> documented() {
        var keys = new TreeSet<String>();
        KEY.matcher(loader().reference()).results().forEach(match -> keys.add(match.group(1)));
        assertThat(keys)
                .contains("node", "command", "heartbeat.every", "logs.defaults.keep", "notify.command", "master");
        return keys;
    }

    private static void collect(Map<?, ?> section, String prefix, Set<String> into) {
        section.forEach((key, value) -> {
            into.add(prefix + key);
            if (value instanceof Map<?, ?> inner) {
                collect(inner, prefix + key + ".", into);
            } else if (value instanceof List<?> items) {
                items.stream()
                        .filter(Map.class::isInstance)
                        .forEach(item -> collect((Map<?, ?>) item, prefix + key + "[].", into));
            }
        });
    }

    private static String example() throws IOException {
        return Document.of("docs/configuration.md").blocks("yaml").getFirst();
    }

    private static ConfigLoader loader() {
        return new ConfigLoader(Map.of("PATH", "/usr/bin:/bin"), () -> "host", Path.of("/bin/sh"));
    }
}
