package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
    @TempDir
    private Path path;

    private Folder folder;
    private JsonNode schema;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
        schema = JsonMapper.shared().readTree(folder.loader().schema());
    }

    @Test
    void a_default_is_the_one_that_holds_where_the_section_stands() {
        var agent = schema.at("/properties/agents/additionalProperties/properties");

        assertThat(agent.at("/failures/properties/limit/default").asInt()).isEqualTo(5);
        assertThat(agent.at("/restarts/properties/limit/default").asInt()).isEqualTo(30);
    }

    @Test
    void it_is_the_same_text_every_time_and_names_its_draft() {
        assertThat(folder.loader().schema())
                .isEqualTo(folder.loader().schema())
                .contains("\"$schema\" : \"https://json-schema.org/draft/2020-12/schema\"")
                .doesNotContain(path.toString());
    }

    @Test
    void the_templates_are_valid() throws Exception {
        var procfile = folder.write("Procfile", "web: serve\n");

        for (var template : List.of(Templates.starter(), Templates.reference(), Templates.fromProcfile(procfile))) {
            assertThat(check(template)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{command: x}",
                "{command: [x, 1, true], env: {A: 1}, umask: 22, nice: -5, label: 5}",
                "{command: x, keep_alive: {crashed: true}, needs: [a, {b: done}], limits: {nofile: 4, core: unlimited}}",
                "{command: x, keep_alive: on-failure, needs: {b: ready}, success_exit_codes: [0, 1], stop: {signal: INT}}",
                "{command: x, ready: {tcp: 80}, heartbeat: {path: h, every: 1m30s}, leftovers: keep, stop: }",
                "{command: x, ready: {notify: true}, heartbeat: {via: notify, stale_after: 2s, on_stale: report}}",
                "{command: x, heartbeat: {via: ping, every: 1m}}",
                "{command: x, ready: {http: 'http://localhost/', timeout: 100ms}, failures: {limit: 1}}",
            })
    void what_loads_is_valid(String agent) throws Exception {
        var yaml = "agents: {x: " + agent + ", a: {command: x}, b: {command: x, keep_alive: never}}";

        folder.load(yaml.replace("[x, 1, true]", "[/bin/sh, 1, true]"));
        assertThat(check(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{command: []}",
                "{command: ''}",
                "{command: x, keepalive: never}",
                "{command: x, keep_alive: sometimes}",
                "{command: x, autostart: 'yes'}",
                "{command: x, stop: {timeout: 10}}",
                "{command: x, stop: {timeout: 10 seconds}}",
                "{command: x, stop: {signal: TREM}}",
                "{command: x, backoff: {first: 0s}}",
                "{command: x, ready: {after: 1s, tcp: 80}}",
                "{command: x, ready: {tcp: 70000}}",
                "{command: x, heartbeat: {via: ping, path: h}}",
                "{command: x, heartbeat: {every: 1s}}",
                "{command: x, heartbeat: {via: file, every: 1s}}",
                "{command: x, ready: {notify: true, after: 1s}}",
                "{command: x, success_exit_codes: [256]}",
                "{command: x, limits: {files: 1}}",
                "{command: x, needs: {a: up}}",
                "{command: x, env: {'A B': 1}}",
                "{command: x, umask: '9'}",
                "x",
            })
    void what_the_binder_refuses_by_shape_is_not_valid(String agent) throws Exception {
        var yaml = "agents: {a: " + agent + "}";

        assertThat(folder.problems(yaml)).isNotEmpty();
        assertThat(check(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{defaults: {rotate_above: 1MiB, rotate_after: 1d, keep: 0, keep_for: 30d, compress: false, max_total: 2GB}}",
                "{defaults: {strategy: copy-truncate}, files: []}",
                "{files: [{path: '*.log'}, {path: 7, keep: 10000}]}",
                "{files: [{path: a, strategy: rename, notify: {signal: HUP, pid_file: a.pid}}]}",
                "{defaults: {strategy: rename}, files: [{path: a, notify: {command: x}}]}",
            })
    void logs_that_load_are_valid(String logs) throws Exception {
        folder.load("logs: " + logs);
        assertThat(check("logs: " + logs)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{defaults: {path: x}}",
                "{defaults: {rotate_above: 0B}}",
                "{defaults: {rotate_above: 5}}",
                "{defaults: {rotate_after: 0s}}",
                "{defaults: {keep: 10001}}",
                "{defaults: {strategy: move}}",
                "{defaults: {user: 'a b'}}",
                "{files: {path: x}}",
                "{files: [x]}",
                "{files: [{keep: 1}]}",
                "{files: [{path: [a]}]}",
                "{files: [{path: x, strategy: rename, notify: {signal: HUP, command: x}}]}",
                "{files: [{path: x, strategy: rename, notify: {signal: TREM, pid_file: x}}]}",
            })
    void logs_that_are_refused_by_shape_are_not_valid(String logs) throws Exception {
        assertThat(folder.problems("logs: " + logs)).isNotEmpty();
        assertThat(check("logs: " + logs)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bus: embedded",
                "bus: redis://h",
                "bus: 'rediss://alice:${file:pw}@[::1]:6379/3'",
                "bus: {redis: {url: 'redis://h:1/', user: a, password: '${env:P}'}}",
                "bus: {redis: {sentinels: [h:1, 2], master: m, database: 1, sentinel_password: '${file:p}', tls: true}}",
                "bus: {redis: {nodes: ['[::1]:1']}}",
                "inboxes: {CLC: {log: /tmp/clc.log}, other: , GG_1: {}}",
                "workers: {clc: {inbox: CLC, command: x}}",
                "workers: {clc: {inbox: 7, command: [sh], concurrency: 2, timeout: 15m, retries: 0, backoff: {first: 2s}, env: {A: 1}}}",
                "orders: {max_body: 2GB, archive_after: 0s, keep: 0, keep_for: 30d, abandon_after: 7d, report_unfinished_after: 5m}",
                "{orders: , workers: , inboxes: }",
            })
    void what_of_work_orders_loads_is_valid(String yaml) throws Exception {
        folder.load(yaml);
        assertThat(check(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bus: ",
                "bus: http://h",
                "bus: embeded",
                "bus: redis://alice:hunter2@h",
                "bus: [redis://h]",
                "bus: {redis: {url: 'redis://h', nodes: [h:1]}}",
                "bus: {redis: {nodes: [h:1], password: hunter2}}",
                "bus: {redis: {nodes: [h]}}",
                "bus: {redis: {sentinels: [h:1], master: 'a b'}}",
                "bus: {redis: {nodes: [h:1], host: h}}",
                "bus: {reddis: {nodes: [h:1]}}",
                "inboxes: [CLC]",
                "inboxes: {../x: {}}",
                "inboxes: {CLC: {log: [a]}}",
                "workers: {clc: {command: x}}",
                "workers: {clc: {inbox: CLC}}",
                "workers: {clc: {inbox: .x, command: x}}",
                "workers: {clc: {inbox: CLC, command: x, concurrency: 0}}",
                "workers: {clc: {inbox: CLC, command: x, retries: -1}}",
                "workers: {clc: {inbox: CLC, command: x, timeout: 0s}}",
                "orders: {max_body: 0B}",
                "orders: {keep: -1}",
                "orders: {abandon_after: 0s}",
                "orders: {archive_after: 1}",
                "agents: {a: {command: x, heartbeat: {via: redis, key: 'a b'}}}",
                "agents: {a: {command: x, heartbeat: {via: redis, path: a}}}",
            })
    void what_of_work_orders_is_refused_by_shape_is_not_valid(String yaml) throws Exception {
        assertThat(folder.problems(yaml)).isNotEmpty();
        assertThat(check(yaml)).isNotEmpty();
    }

    @Test
    void keys_of_the_users_own_are_valid_and_others_are_not() {
        assertThat(check("x-mine: [1]\nagents: {}")).isEmpty();
        assertThat(check("mine: [1]")).isNotEmpty();
        assertThat(check("jobs: {}")).isNotEmpty();
    }

    private List<String> check(String yaml) {
        var document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return new SchemaCheck(schema).problems(JsonMapper.shared().valueToTree(document));
    }
}
