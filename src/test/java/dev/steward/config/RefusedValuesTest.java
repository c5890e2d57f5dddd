package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedValuesTest {
    @TempDir
    private Path path;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "stop: {timeout: 10}          | stop.timeout: 10 has no unit — write 10s for seconds",
                "stop: {timeout: 10 s}        | stop.timeout: '10 s' is not a duration — write whole numbers with their units",
                "stop: {timeout: 1.5s}        | stop.timeout: '1.5s' is not a duration",
                "stop: {timeout: -1s}         | stop.timeout: '-1s' is not a duration",
                "stop: {timeout: 999999d}     | stop.timeout: '999999d' is longer than 100 years",
                "stop: {timeout: [1s]}        | stop.timeout: is a list; it must be a duration, like 10s",
                "stop: {timeout: }            | stop.timeout: has no value; it must be a duration",
                "stop: {signal: TREM}         | stop.signal: there is no signal 'TREM' — did you mean TERM?",
                "stop: {signal: 99}           | stop.signal: there is no signal '99' — possible: HUP, INT",
                "stop: TERM                   | stop: is a single value; it must be a section — possible keys: signal, timeout",
                "stop: [TERM]                 | stop: is a list; it must be a section",
                "backoff: {first: 0s}         | backoff.first: must be longer than nothing",
                "backoff: {first: 2m}         | backoff: first (2m) is longer than max (1m)",
                "failures: {limit: 0}         | failures.limit: 0 is out of range — possible: 1 to 1000000",
                "failures: {limit: many}      | failures.limit: 'many' is not a whole number",
                "autostart: yes               | autostart: 'yes' is neither true nor false — write true",
                "critical: 0                  | critical: '0' is neither true nor false — write false",
                "keep_alive: on_failure       | keep_alive: 'on_failure' is not possible here — did you mean on-failure?",
                "keep_alive: {crashed: maybe} | keep_alive.crashed: 'maybe' is neither true nor false",
                "keep_alive: {}               | keep_alive: says nothing",
                "keep_alive: [always]         | keep_alive: is a list",
                "leftovers: burn              | leftovers: 'burn' is not possible here — possible: kill, keep",
                "success_exit_codes: [256]    | success_exit_codes[0]: 256 is out of range — possible: 0 to 255",
                "success_exit_codes: 0        | success_exit_codes: is a single value; it must be a list",
                "ready: {tcp: 'localhost:0'}  | ready.tcp: the port 0 does not exist — ports are 1 to 65535",
                "ready: {tcp: 70000}          | ready.tcp: the port 70000 does not exist",
                "ready: {tcp: localhost}      | ready.tcp: 'localhost' is no host and port — write, for example, localhost:6379",
                "ready: {http: 'localhost:80'} | ready.http: 'localhost:80' is not an address of HTTP",
                "ready: {http: 'http://h:99999/'} | ready.http: the port 99999 does not exist",
                "ready: {http: 'http://a b/'} | ready.http: 'http://a b/' is not an address",
                "ready: {log: 'up('}          | ready.log: 'up(' is not a regular expression: Unclosed group",
                "ready: {after: 1s, tcp: 80}  | ready: after and tcp exclude each other — keep one of them",
                "ready: {after: 1m}           | ready: after (1m) must be shorter than timeout (30s)",
                "umask: 9                     | umask: '9' is not a umask — write up to three octal digits, like 022",
                "nice: 20                     | nice: 20 is out of range — possible: -20 to 19",
                "limits: {nofile: lots}       | limits.nofile: 'lots' is not a limit",
                "env: [A=1]                   | env: is a list; it must be a section of names and values",
                "env: {A B: 1}                | env.A B: 'A B' is not possible here",
                "env: {A: }                   | env.A: has no value",
                "env: {A: [1]}                | env.A: is a list; it must be a text",
                "env: {STEWARD_AGENT: x}      | env.STEWARD_AGENT: Steward sets this variable itself — remove it",
                "env: {A: '${foo:bar}'}       | env.A: '${foo:bar}' is not a reference — possible: ${env:NAME} and ${file:path}",
                "env: {A: '${HOME}'}          | env.A: '${HOME}' is not a reference — did you mean ${env:HOME}?",
                "env: {A: '${env:B'}          | env.A: a reference is not closed",
                "log: ~/a.log                 | log: '~/a.log' is not expanded — write the whole path",
                "log: $HOME/a.log             | log: '$HOME/a.log' is not expanded",
                "log: ~                       | log: has no value; it must be a path — ~ alone means nothing in YAML",
                "log: '${env:LOG}'            | log: cannot hold a reference — references are resolved in env, in list",
                "log: {a: b}                  | log: is a section; it must be a path",
                "label: ''                    | label: must be one line of 1 to 200 characters",
                "label: \"a\\nb\"             | label: must be one line of 1 to 200 characters",
                "description: \"a\\eb\"       | description: holds control characters",
                "description: \"a\\0b\"       | description: holds a NUL character",
                "heartbeat: {every: 1s}       | heartbeat: path is missing — add, for example, path: hb.json",
                "heartbeat: {path: h, every: 0s} | heartbeat.every: must be longer than nothing",
                "heartbeat: {path: h, stale_after: 0s} | heartbeat.stale_after: must be longer than nothing",
                "heartbeat: {path: h, every: 5s, stale_after: 5s} | heartbeat: stale_after (5s) must be longer than every (5s), or each beat comes too late — write, for example, stale_after: 15s",
                "heartbeat: {path: h, on_stale: kill} | heartbeat.on_stale: 'kill' is not possible here — possible: restart, report",
                "heartbeat: {path: h, via: ping} | heartbeat.path: goes with via: file only — remove it, or write via: file",
                "heartbeat: {via: email} | heartbeat.via: 'email' is not possible here",
                "ready: {notify: maybe} | ready.notify: ",
                "ready: {notify: true, tcp: 80} | ready: tcp and notify exclude each other",
                "needs: redis                 | needs: must be a list — write [redis]",
                "needs: {b: up}               | needs.b: 'up' is not possible here — possible: ready, done",
                "needs: [b, b]                | needs.b: 'b' is there twice",
                "needs: [[b]]                 | needs[0]: is a list; it must be a text",
            })
    void it_refuses_a_bad_value(String line, String problem) throws Exception {
        var yaml = "agents:\n  b: {command: x}\n  a:\n    command: x\n    " + line + "\n";

        assertThat(new Folder(path).problems(yaml)).singleElement().asString().contains(": agents.a." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "''                | command: is empty — write the program to run",
                "[]                | command: is empty — write the program to run, then its arguments",
                "['', a]           | command: is empty",
                "                  | command: has no value; it must be a list or a string",
                "{run: x}          | command: is a section; it must be a list or a string",
                "[/bin/sh, [a]]    | command[1]: is a list; it must be a text",
                "[/bin/echo, ~]    | command[1]: '~' is not expanded — a list is executed as it is; use a string command",
                "[~/bin/x]         | command[0]: '~/' is not expanded — a list is executed as it is",
                "[/bin/echo, ~me/x] | command[1]: '~me/' is not expanded",
                "[/bin/echo, $HOME/x] | command[1]: '$HOME' is not expanded — a list is executed as it is; use a string command, which a shell expands, or ${env:HOME}",
                "[/bin/echo, '--p=$PASS'] | command[1]: '$PASS' is not expanded",
                "[/bin/sh, -c, 'echo $1', $HOME] | command[3]: '$HOME' is not expanded",
                "[/bin/echo, '${foo:bar}'] | command[1]: '${foo:bar}' is not a reference",
                "'echo ${env:TOKEN}' | command: '${env:…}' is not resolved in a string command — give the value a name under env:",
                "'cat ${file:x}'   | command: '${file:…}' is not resolved in a string command",
            })
    void it_refuses_a_bad_command(String command, String problem) throws Exception {
        var yaml = "agents: {a: {command: " + (command == null ? "" : command) + "}}";

        assertThat(new Folder(path).problems(yaml)).singleElement().asString().contains(": agents.a." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agents: [a]          | 1:1: agents: is a list; it must be a section of names and values",
                "agents: {a: x}       | 1:13: agents.a: is a single value; it must be a section",
                "agents: {a: }        | 1:10: agents.a: command is missing",
                "node: [a]            | 1:1: node: is a list; it must be a text",
                "node: a b            | 1:7: node: 'a b' is not possible here",
                "paths: logs          | 1:8: paths: is a single value; it must be a section",
                "paths: {logs: ''}    | 1:15: paths.logs: is empty; it must be a path",
                "just words           | 1:1: the file is a single value; it must be a section",
                "[a, list]            | 1:1: the file is a list; it must be a section",
                "{? [a] : b}          | 1:4: a key must be a word",
                "x-a: &a {<<: 5}      | ",
                "agents: {<<: 5}      | 1:14: << merges a section or a list of sections",
            })
    void it_refuses_a_wrong_type_at_the_top(String yaml, String problem) throws Exception {
        if (problem == null) {
            assertThat(new Folder(path).load(yaml).agents()).isEmpty();
        } else {
            assertThat(new Folder(path).problems(yaml))
                    .anySatisfy(text -> assertThat(text).startsWith(problem));
        }
    }

    @Test
    void a_secret_in_the_wrong_place_is_not_repeated() throws Exception {
        var problems = new Folder(path)
                .problems("agents: {a: {command: [/bin/echo, 'hunter2$X'], env: {A: 'hunter2${b:c}', B: [hunter2]}}}");

        assertThat(problems).hasSize(3).noneMatch(text -> text.contains("hunter2"));
    }

    @Test
    void a_message_holds_no_control_characters_and_is_short() throws Exception {
        var problem = new Folder(path)
                .problems("agents: {a: {command: x, \"\\e[31m" + "k".repeat(500) + "\": 1}}")
                .getFirst();

        assertThat(problem).contains("\\x1b[31m").doesNotContain("\u001b").contains("kkk…'");
    }
}
