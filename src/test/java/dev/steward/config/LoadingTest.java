package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @Test
    void an_agent_with_a_command_alone_has_the_documented_defaults() throws Exception {
        var configuration = folder.load("agents: {cls: {command: 'exec sleep 1'}}");

        assertThat(configuration.file()).isEqualTo(path.resolve("steward.yaml"));
        assertThat(configuration.node()).isEqualTo(Folder.HOST);
        assertThat(configuration.paths())
                .isEqualTo(new Configuration.Paths(
                        path.resolve("logs"), path.resolve("audit.jsonl"), path.resolve("inbox")));
        var agent = Folder.named("cls", configuration);
        assertThat(agent.name()).isEqualTo("cls");
        assertThat(agent.label()).isEqualTo("cls");
        assertThat(agent.description()).isEmpty();
        assertThat(agent.command()).isEqualTo(new Command.Shell("exec sleep 1"));
        assertThat(agent.directory()).isEqualTo(path);
        assertThat(agent.env()).isEmpty();
        assertThat(agent.envFile()).isEmpty();
        assertThat(agent.autostart()).isTrue();
        assertThat(agent.keepAlive()).isEqualTo(KeepAlive.ALWAYS);
        assertThat(agent.successExitCodes()).containsExactly(0);
        assertThat(agent.ready()).isEqualTo(new Ready.After(Duration.ofSeconds(1), Duration.ofSeconds(30)));
        assertThat(agent.stop()).isEqualTo(new Stop(Signal.TERM, Duration.ofSeconds(10)));
        assertThat(agent.backoff()).isEqualTo(new Backoff(Duration.ofMillis(100), Duration.ofSeconds(60)));
        assertThat(agent.failures()).isEqualTo(new Budget(5, Duration.ofSeconds(60)));
        assertThat(agent.restarts()).isEqualTo(new Budget(30, Duration.ofSeconds(60)));
        assertThat(agent.leftovers()).isEqualTo(Leftovers.KILL);
        assertThat(agent.needs()).isEmpty();
        assertThat(agent.log()).isEqualTo(path.resolve("logs/cls.log"));
        assertThat(agent.umask()).isEmpty();
        assertThat(agent.nice()).isEmpty();
        assertThat(agent.limits()).isEmpty();
        assertThat(agent.critical()).isFalse();
        assertThat(agent.heartbeat()).isEmpty();
    }

    @Test
    void every_key_of_an_agent_is_read() throws Exception {
        folder.executable("sub/agent.sh", "#!/bin/sh\n");
        folder.write("cls.env", "A=1\n");
        var configuration = folder.load("""
                node: studio
                paths: {logs: g/logs, audit: g/audit.jsonl}
                agents:
                  redis: {command: x}
                  cls:
                    label: com.02luka.cls.agent
                    description: what it is for
                    command: [./agent.sh, --quiet, 5, "$${x}"]
                    directory: sub
                    env: {TOKEN: "${env:TOKEN}", KEY: "${file:keys/k}", N: 5, B: true}
                    env_file: cls.env
                    autostart: false
                    keep_alive: on-failure
                    success_exit_codes: [0, 3]
                    ready: {after: 2s, timeout: 1m}
                    stop: {signal: SIGINT, timeout: 5s}
                    backoff: {first: 1s, max: 1h30m}
                    failures: {limit: 3, within: 10s}
                    restarts: {limit: 4}
                    leftovers: keep
                    needs: [redis]
                    log: /var/log/cls.log
                    umask: "022"
                    nice: -5
                    limits: {nofile: 4096, core: unlimited}
                    critical: true
                    heartbeat: {via: file, path: hb.json, every: 5s}
                """);

        var agent = Folder.named("cls", configuration);
        assertThat(configuration.node()).isEqualTo("studio");
        assertThat(configuration.agents().keySet()).containsExactly("redis", "cls");
        assertThat(Folder.named("redis", configuration).log()).isEqualTo(path.resolve("g/logs/redis.log"));
        assertThat(agent.command()).hasToString("Exec[argv=[./agent.sh, --quiet, 5, $${x}]]");
        assertThat(agent.directory()).isEqualTo(path.resolve("sub"));
        assertThat(agent.env().get("TOKEN")).isEqualTo(new Text("${env:TOKEN}"));
        assertThat(agent.env().get("KEY")).isEqualTo(new Text("${file:" + path.resolve("keys/k") + "}"));
        assertThat(agent.env().get("N")).isEqualTo(new Text("5"));
        assertThat(agent.env().get("B")).isEqualTo(new Text("true"));
        assertThat(agent.envFile()).contains(path.resolve("cls.env"));
        assertThat(agent.autostart()).isFalse();
        assertThat(agent.keepAlive()).isEqualTo(KeepAlive.ON_FAILURE);
        assertThat(agent.successExitCodes()).isEqualTo(Set.of(0, 3));
        assertThat(agent.ready()).isEqualTo(new Ready.After(Duration.ofSeconds(2), Duration.ofMinutes(1)));
        assertThat(agent.stop()).isEqualTo(new Stop(Signal.INT, Duration.ofSeconds(5)));
        assertThat(agent.backoff()).isEqualTo(new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(90)));
        assertThat(agent.failures()).isEqualTo(new Budget(3, Duration.ofSeconds(10)));
        assertThat(agent.restarts()).isEqualTo(new Budget(4, Duration.ofSeconds(60)));
        assertThat(agent.leftovers()).isEqualTo(Leftovers.KEEP);
        assertThat(agent.needs()).containsExactly(new Need("redis", Need.Condition.READY));
        assertThat(agent.log()).isEqualTo(Path.of("/var/log/cls.log"));
        assertThat(agent.umask()).contains("022");
        assertThat(agent.nice()).isEqualTo(OptionalInt.of(-5));
        assertThat(agent.limits())
                .containsEntry(ResourceLimit.NOFILE, "4096")
                .containsEntry(ResourceLimit.CORE, "unlimited");
        assertThat(agent.critical()).isTrue();
        assertThat(agent.heartbeat())
                .contains(new Heartbeat(
                        new Via.Written(path.resolve("hb.json")),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(15),
                        Heartbeat.OnStale.RESTART));
    }

    @Test
    void two_readings_of_one_file_are_equal_and_one_changed_section_is_not() throws Exception {
        var before = "agents: {a: {command: x, ready: {log: 'up'}}, b: {command: [echo, \"${file:t}\"]}}";
        var first = folder.load(before);

        assertThat(folder.load(before)).isEqualTo(first);
        var changed = folder.load(before.replace("'up'", "'UP'"));
        assertThat(Folder.named("a", changed)).isNotEqualTo(Folder.named("a", first));
        assertThat(Folder.named("b", changed)).isEqualTo(Folder.named("b", first));
    }

    @Test
    void a_umask_without_quotes_keeps_its_zero() throws Exception {
        assertThat(folder.agent("agents: {a: {command: x, umask: 022}}").umask())
                .isEqualTo(Optional.of("022"));
    }

    @Test
    void a_number_where_a_text_is_expected_is_text() throws Exception {
        var agent = folder.agent("agents: {7: {command: x, label: 5, description: 1.50}}");

        assertThat(agent.name()).isEqualTo("7");
        assertThat(agent.label()).isEqualTo("5");
        assertThat(agent.description()).isEqualTo("1.50");
    }

    @Test
    void anchors_aliases_and_merges_work_and_x_keys_are_not_read() throws Exception {
        var configuration = folder.load("""
                x-slow: &slow {backoff: {first: 5s}, keep_alive: never}
                x-anything: [1, {what: ever}]
                agents:
                  a: {<<: *slow, command: x}
                  b: {<<: [*slow, {critical: true}], command: x, keep_alive: always}
                  c: &c {command: y, env: {A: "1"}}
                  d: {command: z, env: &env {A: "2"}}
                  e: {command: z, env: *env}
                """);

        assertThat(Folder.named("a", configuration).backoff().first()).hasSeconds(5);
        assertThat(Folder.named("a", configuration).keepAlive()).isEqualTo(KeepAlive.NEVER);
        assertThat(Folder.named("b", configuration).keepAlive()).isEqualTo(KeepAlive.ALWAYS);
        assertThat(Folder.named("b", configuration).critical()).isTrue();
        assertThat(Folder.named("e", configuration).env()).containsEntry("A", new Text("2"));
    }

    @Test
    void a_section_that_is_there_but_empty_means_its_defaults() throws Exception {
        var configuration = folder.load("paths:\nagents:\n  a:\n    command: x\n    stop:\n    env:\n");

        assertThat(Folder.named("a", configuration).stop()).isEqualTo(new Stop(Signal.TERM, Duration.ofSeconds(10)));
        assertThat(configuration.paths().logs()).isEqualTo(path.resolve("logs"));
    }

    @Test
    void a_byte_order_mark_and_windows_line_ends_are_no_problem() throws Exception {
        assertThat(folder.agent("\uFEFFagents:\r\n  a:\r\n    command: x\r\n").command())
                .isEqualTo(new Command.Shell("x"));
    }
}
