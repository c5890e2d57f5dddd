package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no log of its own, and whom and what rotation needs on this machine. */
class LogChecksTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steward.yaml | is the configuration file — remove the entry: this is no log",
                "g/a.jsonl    | is the audit trail",
                "state.db     | is a database of Steward",
                "state.db-wal | is a database of Steward",
                "bus.db       | is a database of Steward",
                "hb.json      | is the heartbeat of a",
                "a.env        | is the environment file of a",
            })
    void what_is_no_log_is_not_rotated(String file, String problem) throws Exception {
        folder.write("a.env", "");
        var yaml =
                "paths: {audit: g/a.jsonl}\nagents: {a: {command: x, env_file: a.env, heartbeat: {path: hb.json}}}\n";

        assertThat(folder.problems(yaml + "logs: {files: [{path: " + file + "}]}"))
                .containsExactly("3:23: logs.files[0].path: " + path.resolve(file) + " "
                        + (problem.contains("—") ? problem : problem + " — remove the entry: this is no log"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{files: [{path: logs/a.log, strategy: rename}]}",
                "{files: [{path: 'logs/*.log', strategy: rename, notify: {command: [sh]}}]}",
                "{defaults: {strategy: rename}}",
            })
    void an_agents_output_cannot_be_renamed(String logs) throws Exception {
        assertThat(folder.problems("agents: {a: {command: x}}\nlogs: " + logs))
                .anySatisfy(problem -> assertThat(problem).contains("agents.a", "would be renamed", "strategy: cut"));
    }

    @ParameterizedTest
    @CsvSource({
        "steward.yaml",
        "audit.jsonl",
        "audit.jsonl.torn",
        ".audit.jsonl.lock",
        "state.db-shm",
        "run/daemon.pid",
        "keys/node.pem",
        "hb"
    })
    void what_a_glob_matches_may_be_no_log(String file) throws Exception {
        var configuration =
                folder.load("agents: {a: {command: x, heartbeat: {path: hb}}}\nlogs: {files: [{path: '**'}]}");

        assertThat(configuration.noLog(path.resolve(file), path)).isPresent();
        assertThat(configuration.noLog(path.resolve("logs/a.log"), path)).isEmpty();
        assertThat(configuration.noLog(path.resolve("sub").resolve("state.db"), path))
                .isEmpty();
        assertThat(configuration.noLog(Path.of("/"), path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "agents: {a: {command: x}, b: {command: x, log: logs/a.log.1}} | agents.b.log: %s/logs/a.log.1 is the name of an archive of the log of a — give the agent a file whose name ends in no number",
                "{agents: {a: {command: x, log: srv.2}}, logs: {files: [{path: srv}]}} | agents.a.log: %s/srv.2 is the name of an archive of %s/srv",
                "{agents: {a: {command: x}}, logs: {files: [{path: logs/a.log.12.gz}]}} | logs.files[0].path: %s/logs/a.log.12.gz is the name of an archive of the log of a — remove the entry: archives go with their log",
                "logs: {files: [{path: x.1}, {path: x}]} | logs.files[0].path: %s/x.1 is the name of an archive of %s/x",
            })
    void an_archive_of_one_log_is_no_other_log(String yaml, String problem) throws Exception {
        assertThat(folder.problems(yaml)).singleElement().asString().contains(problem.replace("%s", path.toString()));
    }

    /** A machine with two users. */
    private ConfigLoader machine(Set<String> mayBecome) {
        return new ConfigLoader(Map.of(), () -> "h", Path.of("/bin/sh"), new Users() {
            @Override
            public boolean exist(String name) {
                return Set.of("root", "alice").contains(name);
            }

            @Override
            public boolean mayBecome(String name) {
                return mayBecome.contains(name);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "bob, there is no user 'bob' on this machine",
        "root, only root may become root",
    })
    void a_user_that_steward_cannot_become_is_a_matter_of_the_machine(String user, String problem) throws Exception {
        for (var place : new String[] {"defaults: {%s}", "files: [{path: x, %s}]"}) {
            var file = folder.write("steward.yaml", "logs: {" + place.formatted("user: " + user) + "}");

            var loaded = machine(Set.of("alice")).loadForRecovery(file);

            assertThat(loaded.onThisMachine()).singleElement().satisfies(told -> {
                assertThat(told.message()).startsWith("logs.").endsWith(".user: " + problem);
                assertThat(told.line()).isEqualTo(1);
            });
        }
    }

    @Test
    void a_user_that_steward_is_or_may_become_is_taken() throws Exception {
        var file = folder.write(
                "steward.yaml", "logs: {defaults: {user: alice}, files: [{path: x, user: root}, {path: y}]}");

        var logs = machine(Set.of("alice", "root")).load(file).logs();

        assertThat(logs.defaults().user()).contains("alice");
        assertThat(logs.files())
                .extracting(entry -> entry.rules().user().orElse(""))
                .containsExactly("root", "alice");
    }

    @Test
    void this_machine_knows_its_users() throws Exception {
        var users = Users.ofThisMachine();

        assertThat(users.exist("root")).isTrue();
        assertThat(users.exist("no-such-user")).isFalse();
        assertThat(users.mayBecome(System.getProperty("user.name"))).isTrue();
    }

    @Test
    void a_missing_program_that_tells_writers_is_named() throws Exception {
        assertThat(folder.problems("logs: {files: [{path: x, strategy: rename, notify: {command: [./gone, y]}}]}"))
                .containsExactly("1:63: logs.files[0].notify.command[0]: there is no file " + path.resolve("gone"));
        assertThat(folder.load("logs: {files: [{path: x, strategy: rename, notify: {command: ['${env:LATER}', y]}}]}")
                        .logs()
                        .files())
                .hasSize(1);
    }
}
