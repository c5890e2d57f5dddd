package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedKeysTest {
    @TempDir
    private Path path;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agent: {}                                        | 1:1: unknown key 'agent' — did you mean agents?",
                "paths: {log: x}                                  | 1:9: unknown key 'log' — did you mean logs?",
                "agents: {a: {command: x, keepalive: never}}      | 1:26: unknown key 'keepalive' — did you mean keep_alive?",
                "agents: {a: {command: x, ready: {afer: 1s}}}     | 1:34: unknown key 'afer' — did you mean after?",
                "agents: {a: {command: x, stop: {signals: INT}}}  | 1:33: unknown key 'signals' — did you mean signal?",
                "agents: {a: {command: x, backoff: {frist: 1s}}}  | 1:36: unknown key 'frist' — did you mean first?",
                "agents: {a: {command: x, failures: {limits: 1}}} | 1:37: unknown key 'limits' — did you mean limit?",
                "agents: {a: {command: x, restarts: {in: 1s}}}    | 1:37: unknown key 'in' — possible: limit, within",
                "agents: {a: {command: x, keep_alive: {crash: true}}} | 1:39: unknown key 'crash' — did you mean crashed?",
                "agents: {a: {command: x, heartbeat: {path: h, evry: 1s}}} | 1:47: unknown key 'evry' — did you mean every?",
                "logs: {default: {keep: 1}}                      | 1:8: unknown key 'default' — did you mean defaults?",
                "logs: {defaults: {path: x}}                      | 1:19: unknown key 'path' — possible: rotate_above, rotate_after, keep, keep_for, compress, max_total, strategy, user",
                "logs: {defaults: {notify: {command: x}}}         | 1:19: unknown key 'notify' — possible: rotate_above, rotate_after, keep, keep_for, compress, max_total, strategy, user",
                "logs: {files: [{path: x, rotate: 1MB}]}          | 1:26: unknown key 'rotate' — possible: path, rotate_above, rotate_after, keep, keep_for, compress, max_total, strategy, notify, user",
                "logs: {files: [{path: x, strategy: rename, notify: {signals: HUP, command: y}}]} | 1:53: unknown key 'signals' — did you mean signal?",
                "bus: {reddis: {url: 'redis://h'}}                | 1:7: unknown key 'reddis' — did you mean redis?",
                "bus: {redis: {urls: 'redis://h', nodes: [h:1]}}  | 1:15: unknown key 'urls' — did you mean url?",
                "inboxes: {CLC: {logs: x}}                        | 1:17: unknown key 'logs' — did you mean log?",
                "workers: {a: {inbox: A, command: x, retris: 1}}  | 1:37: unknown key 'retris' — did you mean retries?",
                "workers: {a: {inbox: A, command: x, backoff: {frist: 1s}}} | 1:47: unknown key 'frist' — did you mean first?",
                "orders: {max-body: 1GB}                          | 1:10: unknown key 'max-body' — did you mean max_body?",
                "paths: {inboxes: x}                              | 1:9: unknown key 'inboxes' — did you mean inbox?",
                "agents: {a: {command: x, limits: {nofiles: 1}}} | 1:35: agents.a.limits.nofiles: 'nofiles' is not possible here — did you mean nofile?",
            })
    void it_refuses_an_unknown_key_at_each_level(String yaml, String problem) throws Exception {
        assertThat(new Folder(path).problems(yaml)).containsExactly(problem);
    }

    @Test
    void a_problem_names_file_line_and_column_and_what_to_do() throws Exception {
        var file = new Folder(path).write("steward.yaml", "agents:\n  a:\n    command: x\n    keepalive: never\n");

        assertThat(new Folder(path).problems(file))
                .containsExactly("4:5: unknown key 'keepalive' — did you mean keep_alive?");
        assertThat(new Problem(Path.of("steward.yaml"), 12, 5, "unknown key 'keepalive'", "did you mean keep_alive?"))
                .hasToString("steward.yaml:12:5: unknown key 'keepalive' — did you mean keep_alive?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobs", "health", "channels", "checks", "publish", "expect"})
    void it_refuses_a_section_of_a_later_part_by_name(String key) throws Exception {
        assertThat(new Folder(path).problems(key + ": {a: 1}"))
                .singleElement()
                .asString()
                .startsWith("1:1: " + key + ": this version of Steward has no ")
                .endsWith(" yet — remove the section");
    }

    @Test
    void it_says_which_part_is_missing() throws Exception {
        assertThat(new Folder(path).problems("jobs: {selftest: {every: 1h}}"))
                .containsExactly("1:1: jobs: this version of Steward has no schedules yet — remove the section");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paths: {health: h.json} | paths.health",
                "paths: {dr: dr.json} | paths.dr",
            })
    void it_refuses_a_key_of_a_later_part_by_name(String yaml, String key) throws Exception {
        assertThat(new Folder(path).problems(yaml))
                .singleElement()
                .asString()
                .contains(": " + key + ": this version of Steward has no ");
    }

    @Test
    void it_refuses_a_key_that_is_there_twice() throws Exception {
        assertThat(new Folder(path).problems("agents:\n  a:\n    command: x\n    log: a\n    log: b\n"))
                .containsExactly("5:5: the key 'log' is there twice — the first is in line 4");
    }

    @Test
    void it_refuses_an_agent_that_is_there_twice() throws Exception {
        assertThat(new Folder(path).problems("agents:\n  a: {command: x}\n  b: {command: x}\n  a: {command: y}\n"))
                .containsExactly("4:3: the key 'a' is there twice — the first is in line 2");
    }

    @Test
    void a_missing_command_is_named_with_an_example_at_the_agent() throws Exception {
        assertThat(new Folder(path).problems("agents:\n  a:\n    critical: true\n"))
                .containsExactly(
                        "2:3: agents.a: command is missing — add, for example, command: [./agent.sh, --quiet]");
    }

    @Test
    void all_problems_are_reported_at_once_in_the_order_of_the_file() throws Exception {
        var problems = new Folder(path).problems("""
                nodes: studio
                agents:
                  a:
                    command: [nowhere-to-be-found]
                    stop: {timeout: 10}
                    directory: missing
                  b:
                    needs: [c]
                """);

        assertThat(problems)
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly("1", "4", "5", "6", "7", "8");
    }

    @Test
    void a_file_full_of_mistakes_is_told_in_bounded_length() throws Exception {
        var yaml = new StringBuilder();
        for (int i = 0; i < 1_000; i++) {
            yaml.append("unknown").append(i).append(": 1\n");
        }

        assertThat(new Folder(path).problems(yaml.toString()))
                .hasSize(Problems.MOST + 1)
                .last()
                .asString()
                .contains("and 900 problems more");
    }
}
