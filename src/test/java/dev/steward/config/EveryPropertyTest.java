package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds every key of the configuration to being declared, defaulted, documented and in the schema. */
class EveryPropertyTest {
    /** Every key that there is, with what its absence means. A new key is declared here, or this fails. */
    @Test
    void every_property_is_declared_defaulted_and_documented() {
        var expected = new LinkedHashMap<String, String>();
        expected.put("node", "the host's name");
        expected.put("paths.logs", "logs");
        expected.put("paths.audit", "audit.jsonl");
        expected.put("paths.inbox", "inbox");
        expected.put("agents", "{}");
        expected.put("agents.*.label", "the agent's name");
        expected.put("agents.*.description", "''");
        expected.put("agents.*.command", "required");
        expected.put("agents.*.directory", ".");
        expected.put("agents.*.env", "{}");
        expected.put("agents.*.env_file", "none");
        expected.put("agents.*.autostart", "true");
        expected.put("agents.*.keep_alive", "always");
        expected.put("agents.*.success_exit_codes", "[0]");
        expected.put("agents.*.ready", "its first heartbeat if it has one, else alive for 1s");
        expected.put("agents.*.ready.after", "1s if nothing else is asked for and there is no heartbeat");
        expected.put("agents.*.ready.file", "not asked");
        expected.put("agents.*.ready.tcp", "not asked");
        expected.put("agents.*.ready.http", "not asked");
        expected.put("agents.*.ready.log", "not asked");
        expected.put("agents.*.ready.notify", "not asked");
        expected.put("agents.*.ready.timeout", "30s");
        expected.put("agents.*.stop.signal", "TERM");
        expected.put("agents.*.stop.timeout", "10s");
        expected.put("agents.*.backoff.first", "100ms");
        expected.put("agents.*.backoff.max", "60s");
        expected.put("agents.*.failures", "{limit: 5, within: 60s}");
        expected.put("agents.*.failures.limit", "5");
        expected.put("agents.*.failures.within", "60s");
        expected.put("agents.*.restarts", "{limit: 30, within: 60s}");
        expected.put("agents.*.restarts.limit", "5");
        expected.put("agents.*.restarts.within", "60s");
        expected.put("agents.*.leftovers", "kill");
        expected.put("agents.*.needs", "[]");
        expected.put("agents.*.log", "<name>.log in the folder paths.logs");
        expected.put("agents.*.umask", "inherited");
        expected.put("agents.*.nice", "inherited");
        expected.put("agents.*.limits", "{}");
        expected.put("agents.*.critical", "false");
        expected.put("agents.*.heartbeat", "none");
        expected.put("agents.*.heartbeat.via", "file");
        expected.put("agents.*.heartbeat.path", "required for via: file");
        expected.put("agents.*.heartbeat.key", "steward:heartbeat:<node>:<agent>");
        expected.put("agents.*.heartbeat.every", "10s, or a third of a shorter stale_after");
        expected.put("agents.*.heartbeat.stale_after", "three times every");
        expected.put("agents.*.heartbeat.on_stale", "restart");
        expected.put("logs.defaults.rotate_above", "1MB");
        expected.put("logs.defaults.rotate_after", "whatever its age");
        expected.put("logs.defaults.keep", "7");
        expected.put("logs.defaults.keep_for", "whatever its age");
        expected.put("logs.defaults.compress", "true");
        expected.put("logs.defaults.max_total", "1GB");
        expected.put("logs.defaults.strategy", "cut");
        expected.put("logs.defaults.user", "root stays root");
        expected.put("logs.files", "[]");
        expected.put("logs.files[].path", "required");
        expected.put("logs.files[].rotate_above", "that of defaults");
        expected.put("logs.files[].rotate_after", "that of defaults");
        expected.put("logs.files[].keep", "that of defaults");
        expected.put("logs.files[].keep_for", "that of defaults");
        expected.put("logs.files[].compress", "that of defaults");
        expected.put("logs.files[].max_total", "that of defaults");
        expected.put("logs.files[].strategy", "that of defaults");
        expected.put("logs.files[].notify", "nobody");
        expected.put("logs.files[].notify.signal", "not sent");
        expected.put("logs.files[].notify.pid_file", "required for signal");
        expected.put("logs.files[].notify.command", "not run");
        expected.put("logs.files[].user", "that of defaults");
        expected.put("bus", "embedded");
        expected.put("bus.redis", "the embedded bus");
        expected.put("bus.redis.url", "not asked");
        expected.put("bus.redis.sentinels", "none");
        expected.put("bus.redis.master", "required for sentinels");
        expected.put("bus.redis.nodes", "none");
        expected.put("bus.redis.user", "the user that Redis calls default");
        expected.put("bus.redis.password", "none");
        expected.put("bus.redis.sentinel_password", "none");
        expected.put("bus.redis.database", "0");
        expected.put("bus.redis.tls", "false");
        expected.put("bus.redis.ca", "those that Java knows");
        expected.put("inboxes", "{}");
        expected.put("inboxes.*.log", "none");
        expected.put("workers", "{}");
        expected.put("workers.*.inbox", "required");
        expected.put("workers.*.command", "required");
        expected.put("workers.*.directory", ".");
        expected.put("workers.*.env", "{}");
        expected.put("workers.*.env_file", "none");
        expected.put("workers.*.concurrency", "1");
        expected.put("workers.*.timeout", "15m");
        expected.put("workers.*.retries", "3");
        expected.put("workers.*.backoff", "{first: 1s, max: 5m}");
        expected.put("workers.*.backoff.first", "100ms");
        expected.put("workers.*.backoff.max", "60s");
        expected.put("orders.max_body", "2GB");
        expected.put("orders.archive_after", "1d");
        expected.put("orders.keep", "10000");
        expected.put("orders.keep_for", "30d");
        expected.put("orders.abandon_after", "never");
        expected.put("orders.report_unfinished_after", "60s");

        var declared = new LinkedHashMap<String, String>();
        var schema = new Folder(Path.of("/")).loader().schema();
        walk(RootSection.class, "", JsonMapper.shared().readTree(schema), declared);

        assertThat(declared).containsExactlyEntriesOf(expected);
    }

    private static void walk(Class<?> section, String prefix, JsonNode described, Map<String, String> into) {
        for (var property : Property.of(section)) {
            var name = prefix + property.key();
            var entry = described.path("properties").path(property.key());
            assertThat(property.doc()).as(name).endsWith(".").hasSizeGreaterThan(10);
            assertThat(entry.path("description").asString("")).as(name).startsWith(property.doc());
            var absences = new ArrayList<>(List.of(property.defaultYaml(), property.otherwise(), property.example()));
            absences.removeIf(String::isEmpty);
            var nested = nestedSection(property);
            assertThat(absences).as(name).hasSizeLessThanOrEqualTo(1);
            if (absences.isEmpty()) {
                assertThat(nested).as(name + " has no default").isNotEmpty();
            } else {
                into.put(name, property.required() ? "required" : absences.getFirst());
            }
            if (!property.defaultYaml().isEmpty()) {
                assertDefaultIsReadable(property, name);
                assertThat(entry.has("default")).as(name).isTrue();
            }
            var collection = property.type().getTypeName().replaceAll("<.*", "");
            var suffix = Map.of("java.util.Map", ".*.", "java.util.List", "[].").getOrDefault(collection, ".");
            var items = Map.of("java.util.Map", "additionalProperties", "java.util.List", "items");
            // A value that is a word or a section is described as either.
            var asSection = entry.has("type")
                    ? entry
                    : entry.path("anyOf").path(entry.path("anyOf").size() - 1);
            var inner = items.containsKey(collection) ? asSection.path(items.getOrDefault(collection, "")) : asSection;
            nested.forEach(type -> walk(type, name + suffix, inner, into));
        }
    }

    private static void assertDefaultIsReadable(Property property, String name) {
        var problems = new Problems(Path.of("default"));
        var node = YamlFile.snippet(property.defaultYaml()).orElseThrow();
        var converter = new Converters(Path.of("/")).of(property.type(), property.annotations());
        assertThat(converter.read(node, Scope.root(problems, node)).isPresent())
                .as(name)
                .isTrue();
        assertThat(problems.inOrder()).as(name).isEmpty();
    }

    private static List<Class<?>> nestedSection(Property property) {
        var sections = new ArrayList<Class<?>>();
        for (var type : List.of(
                PathsSection.class,
                AgentSection.class,
                ReadySection.class,
                HeartbeatSection.class,
                Stop.class,
                Backoff.class,
                Budget.class,
                LogsSection.class,
                LogDefaultsSection.class,
                LogFilesSection.class,
                NotifySection.class,
                BusSection.class,
                RedisSection.class,
                InboxSection.class,
                WorkerSection.class,
                OrdersSection.class)) {
            if ((property.type().getTypeName() + ">").contains(type.getName() + ">")) {
                sections.add(type);
            }
        }
        return sections;
    }
}
