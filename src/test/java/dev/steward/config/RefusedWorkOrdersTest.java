package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedWorkOrdersTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x", ".x", "-x", "..", "a/b", "a\\b", "a b", "ä", "\"a\\n\"", "''", "_x", "/x", "a..b", "a.."
            })
    void it_refuses_a_name_of_an_inbox_that_is_no_name(String name) throws Exception {
        var saying = "use up to 64 letters, digits, dots, dashes and _, a letter or digit first, no ..";

        assertThat(folder.problems("inboxes:\n  " + name + ": {}\n"))
                .singleElement()
                .asString()
                .startsWith("2:3: inboxes.")
                .contains(saying);
        assertThat(folder.problems("workers: {w: {inbox: " + name + ", command: x}}"))
                .singleElement()
                .asString()
                .startsWith("1:22: workers.w.inbox: ")
                .contains(saying);
    }

    @Test
    void a_name_of_an_inbox_may_have_64_characters_and_no_more() throws Exception {
        var longest = "a".repeat(64);

        assertThat(folder.load("inboxes: {" + longest + ": }").inboxes()).containsOnlyKeys(longest);
        assertThat(folder.problems("inboxes: {a" + longest + ": }")).hasSize(1);
    }

    @Test
    void it_refuses_inboxes_that_differ_in_case_alone() throws Exception {
        assertThat(folder.problems("inboxes:\n  CLC: {}\n  clc: {}\n"))
                .containsExactly("3:3: inboxes.clc: differs from the inbox CLC in upper and lower case alone"
                        + " — names of inboxes compare without case: keep one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "[steward, agent, --name, a, --inbox, clc] | --inbox clc: the daemon (inboxes) receives that inbox already",
                "[steward, agent, --inbox=CLC]             | --inbox CLC: the daemon (inboxes) receives that inbox already",
                "[steward, agent, --inbox, cls]            | --inbox cls: the agent b receives that inbox already",
            })
    void it_refuses_a_second_receiver_of_an_inbox(String command, String problem) throws Exception {
        assertThat(folder.problems("""
                        inboxes: {CLC: }
                        agents:
                          b: {command: [steward, agent, --inbox, CLS]}
                          a: {command: %s}
                        """.formatted(command)))
                .containsExactly(
                        "4:7: agents.a.command: " + problem + " — an inbox has one receiver: keep one of them");
    }

    @Test
    void it_refuses_a_second_worker_of_an_inbox_and_names_that_differ_in_case_alone() throws Exception {
        assertThat(folder.problems("""
                        workers:
                          a: {inbox: CLC, command: x}
                          b: {inbox: clc, command: x}
                          A: {inbox: GG, command: x}
                        """))
                .containsExactly(
                        "3:14: workers.b.inbox: the worker a handles the orders of clc already"
                                + " — keep one of them; concurrency says how many orders it handles at a time",
                        "4:3: workers.A: differs from the worker a in upper and lower case alone — rename one of them");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "inbox: CLC                    | : command is missing — add, for example, command: [./handle.sh]",
                "command: x                    | : inbox is missing — add, for example, inbox: CLC",
                "inbox: A, command: []         | .command: is empty — write the program to run",
                "inbox: A, command: x, retries: -1 | .retries: -1 is out of range — possible: 0 to 1000",
                "inbox: A, command: x, retries: 1001 | .retries: 1001 is out of range",
                "inbox: A, command: x, concurrency: 0 | .concurrency: 0 is out of range — possible: 1 to 1000",
                "inbox: A, command: x, timeout: 0s | .timeout: must be longer than nothing",
                "inbox: A, command: x, timeout: 0 | .timeout: 0 has no unit — write 0s for seconds",
                "inbox: A, command: x, timeout: never | .timeout: 'never' is not a duration",
                "inbox: A, command: x, backoff: {first: 0s} | .backoff.first: must be longer than nothing",
                "inbox: A, command: x, backoff: {first: 10m} | .backoff: first (10m) is longer than max (5m)",
                "inbox: A, command: x, env: {STEWARD_ORDER: 1} | .env.STEWARD_ORDER: Steward sets this variable itself — remove it",
                "inbox: A, command: x, env: {PWD: /} | .env.PWD: Steward sets this variable itself",
                "inbox: A, command: x, env: {A B: 1} | .env.A B: 'A B' is not possible here",
                "inbox: A, command: [./no.sh]  | .command[0]: there is no file ",
                "inbox: A, command: x, directory: nowhere | .directory: ",
                "inbox: A, command: x, env_file: nowhere | .env_file: ",
                "inbox: A, command: [steward, '$HOME'] | .command[1]: '$HOME' is not expanded",
            })
    void it_refuses_a_bad_worker(String keys, String problem) throws Exception {
        assertThat(folder.problems("workers: {w: {" + keys + "}}"))
                .singleElement()
                .asString()
                .contains(": workers.w" + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "max_body: 0B          | max_body: 0B is too little — write 1B or more",
                "max_body: 5           | max_body: 5 has no unit",
                "archive_after: never  | archive_after: 'never' is not a duration",
                "keep: -1              | keep: -1 is out of range — possible: 0 to 10000000",
                "keep_for: 0s          | keep_for: must be longer than nothing",
                "keep_for: 1h          | keep_for: keep_for (1h) is shorter than archive_after (1d) — write, for example, archive_after: 1h",
                "archive_after: 31d    | archive_after: keep_for (30d) is shorter than archive_after (31d)",
                "abandon_after: 0s     | abandon_after: must be longer than nothing",
                "report_unfinished_after: 0s | report_unfinished_after: must be longer than nothing",
                "report_unfinished_after: [] | report_unfinished_after: is a list",
            })
    void it_refuses_a_bad_rule(String rule, String problem) throws Exception {
        assertThat(folder.problems("orders: {" + rule + "}"))
                .singleElement()
                .asString()
                .contains(": orders." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "audit.jsonl   | the audit trail",
                "audit.jsonl.torn | a part of the audit trail",
                "steward.yaml  | the configuration file",
                "bus.db        | a database of Steward",
                "hb.json       | the heartbeat of a",
                "w.env         | the environment file of the worker w",
                "./x/../logs/a.log | the log of a",
            })
    void it_refuses_a_log_of_an_inbox_that_is_something_else(String log, String what) throws Exception {
        folder.write("w.env", "");

        assertThat(folder.problems("""
                        inboxes: {CLC: {log: %s}}
                        agents: {a: {command: x, heartbeat: {path: hb.json}}}
                        workers: {w: {inbox: CLC, command: x, env_file: w.env}}
                        """.formatted(log)))
                .containsExactly("1:22: inboxes.CLC.log: " + path.resolve(log).normalize() + " is " + what
                        + " too — give the inbox a log of its own");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inbox: .            | . | this file itself (steward.yaml)",
                "inbox: g, audit: g/a.jsonl | g | the audit trail (g/a.jsonl)",
                "inbox: g, logs: g/logs | g | the folder of the logs (g/logs)",
                "inbox: x            | x | the log of a (x/a.log)",
                "inbox: y            | y | the heartbeat of a (y/hb.json)",
                "inbox: z            | z | the log of the inbox CLC (z/clc.log)",
            })
    void it_refuses_a_folder_of_inboxes_that_holds_something_else(String paths, String inbox, String what)
            throws Exception {
        var shown = what.replace("(", "(" + path + "/");

        assertThat(folder.problems("""
                        paths: {%s}
                        agents: {a: {command: x, log: x/a.log, heartbeat: {path: y/hb.json}}}
                        inboxes: {CLC: {log: z/clc.log}}
                        """.formatted(paths)))
                .containsExactly("1:16: paths.inbox: " + path.resolve(inbox).normalize() + " holds " + shown
                        + " — give the inboxes a folder of their own");
    }

    @Test
    void an_archive_of_an_inboxs_log_is_no_log() throws Exception {
        assertThat(folder.problems("""
                        inboxes: {CLC: {log: g/clc.log}}
                        logs: {files: [{path: g/clc.log.1}]}
                        """))
                .singleElement()
                .asString()
                .contains("logs.files[0].path: ", " is the name of an archive of the log of the inbox CLC");
    }

    @Test
    void what_lies_in_an_inbox_is_no_log() throws Exception {
        assertThat(folder.problems("logs: {files: [{path: inbox/CLC/x.log}]}"))
                .singleElement()
                .asString()
                .contains(" is in the folder of the inboxes (paths.inbox) — remove the entry: this is no log");

        var configuration = folder.load("logs: {files: [{path: '**.log'}]}");
        var home = path.resolve("home");
        assertThat(configuration.noLog(path.resolve("inbox/CLC/WO-1/body.log"), home))
                .contains("in the folder of the inboxes (paths.inbox)");
        assertThat(configuration.noLog(home.resolve("spool/x.log"), home)).isNotEmpty();
        assertThat(configuration.noLog(path.resolve("inbox.log"), home)).isEmpty();
    }

    @Test
    void no_message_about_a_worker_holds_a_secret() throws Exception {
        folder.write("token", "hunter2\n");

        assertThat(folder.problems("workers: {w: {inbox: A, command: ['./bin/${file:token}']}}"))
                .singleElement()
                .asString()
                .contains("there is no file ./bin/${file:" + path.resolve("token") + "}")
                .doesNotContain("hunter2");
    }
}
