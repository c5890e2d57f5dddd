package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file says of inboxes, workers and orders. */
class WorkOrdersTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    private static WorkerConfig worker(String name, Configuration configuration) {
        return Optional.ofNullable(configuration.workers().get(name)).orElseThrow();
    }

    @Test
    void a_file_that_says_nothing_of_them_has_the_documented_defaults() throws Exception {
        for (var yaml : List.of("agents: {}", "{inboxes: , workers: , orders: , paths: }")) {
            var configuration = folder.load(yaml);

            assertThat(configuration.workOrders()).isEqualTo(WorkOrders.standard());
            assertThat(configuration.inboxes()).isEmpty();
            assertThat(configuration.workers()).isEmpty();
            assertThat(configuration.paths().inbox()).isEqualTo(path.resolve("inbox"));
        }
        assertThat(WorkOrders.standard().rules())
                .isEqualTo(new OrderRules(
                        new DataSize(2_000_000_000),
                        Duration.ofDays(1),
                        new OrderRules.Keep(10_000, Duration.ofDays(30)),
                        Optional.empty(),
                        Duration.ofMinutes(1)));
    }

    @Test
    void inboxes_keep_the_order_and_the_case_in_which_they_are_written() throws Exception {
        var configuration = folder.load("""
                paths: {inbox: bridge/inbox}
                inboxes: {CLC: {log: /tmp/bridge_cls_clc.log}, gg_1.x-y: {log: g/gg.log}, 7: }
                """);

        assertThat(configuration.paths().inbox()).isEqualTo(path.resolve("bridge/inbox"));
        assertThat(configuration.inboxes().values())
                .containsExactly(
                        new InboxConfig("CLC", Optional.of(Path.of("/tmp/bridge_cls_clc.log"))),
                        new InboxConfig("gg_1.x-y", Optional.of(path.resolve("g/gg.log"))),
                        new InboxConfig("7", Optional.empty()));
        assertThat(configuration.inboxes().keySet()).containsExactly("CLC", "gg_1.x-y", "7");
    }

    @Test
    void several_inboxes_may_share_a_log() throws Exception {
        assertThat(folder.load("inboxes: {A: {log: x.log}, B: {log: x.log}}").inboxes())
                .hasSize(2);
    }

    @Test
    void a_worker_with_an_inbox_and_a_command_has_the_documented_defaults() throws Exception {
        assertThat(worker("clc", folder.load("workers: {clc: {inbox: CLC, command: x}}")))
                .isEqualTo(new WorkerConfig(
                        "clc",
                        "CLC",
                        new Invocation(new Command.Shell("x"), path, Map.of(), Optional.empty()),
                        1,
                        Duration.ofMinutes(15),
                        3,
                        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5))));
    }

    @Test
    void every_key_of_a_worker_is_read() throws Exception {
        folder.executable("sub/handle.sh", "#!/bin/sh\n");
        folder.write("w.env", "A=1\n");
        var configuration = folder.load("""
                workers:
                  clc:
                    inbox: CLC
                    command: [./handle.sh, --quiet, "${env:X}"]
                    directory: sub
                    env: {TOKEN: "${file:keys/t}"}
                    env_file: w.env
                    concurrency: 2
                    timeout: 1h30m
                    retries: 0
                    backoff: {first: 2s}
                """);

        assertThat(worker("clc", configuration))
                .isEqualTo(new WorkerConfig(
                        "clc",
                        "CLC",
                        new Invocation(
                                new Command.Exec(
                                        List.of(new Text("./handle.sh"), new Text("--quiet"), new Text("${env:X}"))),
                                path.resolve("sub"),
                                Map.of("TOKEN", new Text("${file:" + path.resolve("keys/t") + "}")),
                                Optional.of(path.resolve("w.env"))),
                        2,
                        Duration.ofMinutes(90),
                        0,
                        new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5))));
    }

    @Test
    void a_worker_finds_its_variables_as_an_agent_does() throws Exception {
        folder.write("w.env", "A=file\nB=file\n");
        folder.write("token", "t\n");
        var configuration = folder.load("""
                workers:
                  clc: {inbox: CLC, command: x, env_file: w.env, env: {B: "${env:A}-b", T: "${file:token}"}}
                """);

        var environment = AgentEnvironment.of(
                worker("clc", configuration).invocation(), Map.of("HOME", "/h", "STEWARD_AGENT", "x", "B", "daemon"));

        assertThat(environment)
                .containsOnly(
                        Map.entry("HOME", "/h"), Map.entry("A", "file"), Map.entry("B", "file-b"), Map.entry("T", "t"));
    }

    @Test
    void every_rule_of_orders_is_read() throws Exception {
        var configuration = folder.load("""
                orders:
                  max_body: 10MiB
                  archive_after: 0s
                  keep: 5
                  keep_for: 7d
                  abandon_after: 14d
                  report_unfinished_after: 5m
                """);

        assertThat(configuration.orders())
                .isEqualTo(new OrderRules(
                        new DataSize(10 << 20),
                        Duration.ZERO,
                        new OrderRules.Keep(5, Duration.ofDays(7)),
                        Optional.of(Duration.ofDays(14)),
                        Duration.ofMinutes(5)));
    }

    @Test
    void it_is_known_who_uses_each_inbox() throws Exception {
        var configuration = folder.load("""
                agents: {a: {command: [steward, agent, --inbox, CLS]}, b: {command: [sleep, "1"]}}
                inboxes: {CLC: }
                workers: {w: {inbox: Alone, command: x}, v: {inbox: clc, command: x}, u: {inbox: cls, command: x}}
                """);
        assertThat(configuration.inboxUses())
                .containsExactly(
                        new InboxUse("CLC", Optional.empty(), Optional.of("v")),
                        new InboxUse("Alone", Optional.empty(), Optional.of("w")),
                        new InboxUse("CLS", Optional.of("a"), Optional.of("u")));
    }

    @Test
    void what_only_a_worker_wants_is_received_by_the_daemon() throws Exception {
        var configuration = folder.load("inboxes: {CLC: }\nworkers: {w: {inbox: Alone, command: x}}");

        assertThat(configuration.inboxes().values())
                .containsExactly(new InboxConfig("CLC", Optional.empty()), new InboxConfig("Alone", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inboxes: {CLS: }",
                "agents: {cls: {command: [steward, agent, --name, cls, --inbox, CLS]}}",
                "agents: {cls: {command: [steward, agent, --name, cls, --inbox=CLS]}}",
                "agents: {cls: {command: ' exec steward agent --name cls --inbox CLS'}}",
                "agents: {cls: {command: steward agent --inbox=CLS --name cls}}"
            })
    void what_an_agent_or_the_daemon_receives_anyway_is_received_once(String receiver) throws Exception {
        var configuration = folder.load(receiver + "\nworkers: {w: {inbox: cls, command: x}}");

        assertThat(configuration.inboxes()).hasSize(receiver.startsWith("inboxes") ? 1 : 0);
    }

    @Test
    void an_agent_receives_an_inbox_of_its_own() throws Exception {
        folder.load("""
                agents:
                  cls: {command: [steward, agent, --name, cls, --inbox, CLS]}
                  gg: {command: [steward, agent, --name=gg, --inbox=GG]}
                  other: {command: [/bin/echo, agent, --inbox, CLS]}
                inboxes: {CLC: }
                workers: {w: {inbox: cls, command: x}}
                """);
    }
}
