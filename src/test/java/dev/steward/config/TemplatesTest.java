package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @Test
    void the_starter_loads_and_its_agent_has_the_defaults() throws Exception {
        var configuration = folder.load(Templates.starter());

        assertThat(configuration.agents().keySet()).containsExactly("hello");
        assertThat(Folder.named("hello", configuration).keepAlive()).isEqualTo(KeepAlive.ALWAYS);
    }

    @Test
    void what_the_starter_says_of_defaults_is_true() throws Exception {
        var uncommented = Templates.starter()
                .lines()
                .map(line -> line.matches(" {4}# [a-z_]+: .*|# ( {2})?[a-z]+:( [\\[{].*)?")
                        ? line.replaceFirst("# ", "")
                        : line)
                .filter(line -> !line.matches(" {4}(env|env_file):.*"))
                .reduce("", (text, line) -> text + line + "\n");

        assertThat(uncommented)
                .contains("\n    keep_alive: always")
                .contains("\n    critical: false")
                .contains("\nlogs:\n  defaults: {")
                .contains("\n  files: []");
        assertThat(folder.load(uncommented)).isEqualTo(folder.load(Templates.starter()));
    }

    @Test
    void the_reference_deployment_loads() throws Exception {
        var configuration = folder.load(Templates.reference());

        assertThat(configuration.paths().audit()).isEqualTo(path.resolve("g/telemetry/cls_audit.jsonl"));
        assertThat(configuration.paths().inbox()).isEqualTo(path.resolve("bridge/inbox"));
        assertThat(configuration.bus()).isEqualTo(new BusConfig.Embedded());
        assertThat(configuration.inboxes().values())
                .containsExactly(new InboxConfig("CLC", Optional.of(Path.of("/tmp/bridge_cls_clc.log"))));
        var agent = Folder.named("cls", configuration);
        assertThat(agent.label()).isEqualTo("com.02luka.cls.agent");
        assertThat(agent.command()).hasToString("Exec[argv=[steward, agent, --name, cls, --inbox, CLS]]");
        assertThat(agent.log()).isEqualTo(path.resolve("g/logs/cls_agent.log"));
        assertThat(agent.critical()).isTrue();
        assertThat(agent.heartbeat())
                .contains(new Heartbeat(
                        new Via.Written(path.resolve("g/metrics/cls_agent_heartbeat.json")),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        Heartbeat.OnStale.RESTART));
        assertThat(configuration.logs().files())
                .extracting(Logs.Files::glob)
                .containsExactly(
                        Glob.literally(path.resolve("g/logs/cls_selftest.log")),
                        Glob.literally(agent.log()),
                        Glob.literally(Path.of("/tmp/bridge_cls_clc.log")));
        assertThat(configuration.logs().files())
                .extracting(Logs.Files::rules)
                .containsOnly(Logs.standard().defaults());
    }

    /** As the documentation of its formats has it, but for the keys whose part isn't there yet. */
    @Test
    void the_reference_template_is_the_reference_deployment() throws Exception {
        var template = folder.load("node: studio\n" + Templates.reference());

        assertThat(folder.load("""
                        node: studio
                        bus: embedded                       # or redis://… , or {redis: {url, user, password, sentinels, nodes}}
                        paths: {logs: g/logs, inbox: bridge/inbox, audit: g/telemetry/cls_audit.jsonl}
                        agents:
                          cls:
                            label: com.02luka.cls.agent
                            description: heartbeat, work orders for CLS, ACK listener
                            command: [steward, agent, --name, cls, --inbox, CLS]
                            heartbeat: {via: file, path: g/metrics/cls_agent_heartbeat.json, every: 10s}
                            log: g/logs/cls_agent.log
                            critical: true
                        inboxes:
                          CLC: {log: /tmp/bridge_cls_clc.log}        # received by the daemon for a program that reads the folder itself
                        logs:
                          files:
                            - {path: g/logs/cls_selftest.log, rotate_above: 1MB, keep: 7}
                            - {path: g/logs/cls_agent.log, rotate_above: 1MB, keep: 7}
                            - {path: /tmp/bridge_cls_clc.log, rotate_above: 1MB, keep: 7}
                        """)).isEqualTo(template);
    }

    @Test
    void a_procfile_becomes_an_agent_for_each_line() throws Exception {
        var procfile = folder.write("app/Procfile", """
                # what runs
                web: bundle exec puma -p ${PORT:-5000} -e 'it''s: "quoted" #1'
                worker_2:   exec ./work   --fast

                null: x
                """);

        var configuration = folder.load(Templates.fromProcfile(procfile));

        assertThat(configuration.agents().keySet()).containsExactly("web", "worker_2", "null");
        assertThat(Folder.named("web", configuration).command())
                .isEqualTo(new Command.Shell("bundle exec puma -p ${PORT:-5000} -e 'it''s: \"quoted\" #1'"));
        assertThat(Folder.named("worker_2", configuration).command())
                .isEqualTo(new Command.Shell("exec ./work   --fast"));
        assertThat(Folder.named("web", configuration).directory()).isEqualTo(path.resolve("app"));
        assertThat(Folder.named("web", configuration).envFile()).isEmpty();
    }

    @Test
    void the_environment_file_beside_a_procfile_is_taken_over() throws Exception {
        var env = folder.write("app/.env", "PORT=5000\n");
        var procfile = folder.write("app/Procfile", "web: serve\n");

        assertThat(folder.agent(Templates.fromProcfile(procfile)).envFile()).contains(env);
    }

    @Test
    void every_mistake_in_a_procfile_is_told_with_its_line() throws Exception {
        var procfile = folder.write("Procfile", "web: a\nno colon\nWEB: b\n-x: c\ny: a\u0007b\nempty:\n");

        assertThatThrownBy(() -> Templates.fromProcfile(procfile))
                .isInstanceOf(ConfigException.class)
                .extracting(e -> ((ConfigException) e)
                        .problems().stream()
                                .map(problem -> problem.line() + " " + problem.message())
                                .toList())
                .isEqualTo(List.of(
                        "2 not a line of the form name: command",
                        "3 the name 'WEB' is there twice",
                        "4 '-x' cannot name an agent",
                        "5 the command of y holds control characters",
                        "6 not a line of the form name: command"));
    }

    @Test
    void a_procfile_that_is_missing_or_has_no_line_is_refused() throws Exception {
        var empty = folder.write("Procfile", "# nothing\n");

        assertThatThrownBy(() -> Templates.fromProcfile(empty)).hasMessageContaining("no line of the form");
        assertThatThrownBy(() -> Templates.fromProcfile(path.resolve("gone"))).hasMessageContaining("no such file");
    }
}
