package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedLogsTest {
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
            quoteCharacter = '^',
            value = {
                "rotate_above: 0B       | rotate_above: 0B is too little — write 4KiB or more",
                "rotate_above: 4095B    | rotate_above: 4095B is too little — write 4KiB or more",
                "rotate_above: 5        | rotate_above: 5 has no unit — write 5MB, or 5B for bytes",
                "rotate_above: 1mb      | rotate_above: '1mb' has an unknown unit — did you mean MB?",
                "rotate_above: [1MB]    | rotate_above: is a list; it must be a size, like 1MB",
                "rotate_above: 2GB      | rotate_above: max_total (1GB) is less than rotate_above (2GB) — write, for example, max_total: 4GB",
                "max_total: 999kB       | max_total: max_total (999kB) is less than rotate_above (1MB) — write, for example, max_total: 2MB",
                "max_total: 0B          | max_total: max_total (0B) is less than rotate_above (1MB)",
                "max_total: 5           | max_total: 5 has no unit",
                "rotate_after: 0s       | rotate_after: must be longer than nothing",
                "rotate_after: daily    | rotate_after: 'daily' is not a duration — write whole numbers with their units",
                "keep_for: 0d           | keep_for: must be longer than nothing",
                "keep_for: 30           | keep_for: 30 has no unit — write 30s for seconds",
                "keep: -1               | keep: -1 is out of range — possible: 0 to 10000",
                "keep: 10001            | keep: 10001 is out of range — possible: 0 to 10000",
                "keep: all              | keep: 'all' is not a whole number",
                "compress: gzip         | compress: 'gzip' is neither true nor false",
                "strategy: copytruncate | strategy: 'copytruncate' is not possible here — did you mean copy-truncate?",
                "strategy: punch        | strategy: 'punch' is not possible here — possible: cut, rename, copy-truncate",
                "user: ''               | user: '' is not possible here — use up to 64 letters",
                "user: 'a b'            | user: 'a b' is not possible here",
                "user: ../x             | user: '../x' is not possible here",
                "user: -rf              | user: '-rf' is not possible here",
                "user: '${env:X}'       | user: cannot hold a reference",
            })
    void it_refuses_a_bad_rule_of_the_defaults_and_of_an_entry(String rule, String problem) throws Exception {
        assertThat(folder.problems("logs: {defaults: {" + rule + "}}"))
                .singleElement()
                .asString()
                .contains(": logs.defaults." + problem);
        assertThat(folder.problems("logs: {files: [{path: x.log, " + rule + "}]}"))
                .singleElement()
                .asString()
                .contains(": logs.files[0]." + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "keep: 1                       | logs.files[0]: path is missing — add, for example, path: /var/log/app.log",
                "path: ''                      | logs.files[0].path: is empty; it must be a path",
                "path: ~/x.log                 | logs.files[0].path: '~/x.log' is not expanded — write the whole path",
                "path: $HOME/*.log             | logs.files[0].path: '$HOME/*.log' is not expanded",
                "path: '${env:X}'              | logs.files[0].path: cannot hold a reference",
                "path: [ab].log                | 1:",
                "path: [ab]                    | logs.files[0].path: is a list; it must be a path or a glob — put a glob into quotes",
                "path: {a,b}                   | logs.files[0].path: is a section; it must be a path or a glob — put a glob into quotes",
                "path: '[a'                    | logs.files[0].path: '[a' is not a glob: Missing ], after 2 characters — put \\ before a character that is meant as it is",
                "path: 'x/{a,b'                | logs.files[0].path: 'x/{a,b' is not a glob: Missing }, after 6 characters",
                "path: '{a,{b}}'               | logs.files[0].path: '{a,{b}}' is not a glob: Cannot nest groups",
                "path: 'x\\'                   | logs.files[0].path: 'x\\' is not a glob: No character to escape",
                "path: '[z-a]'                 | logs.files[0].path: '[z-a]' is not a glob: Invalid range",
                "path: '[a/b]'                 | logs.files[0].path: '[a/b]' is not a glob: Explicit name separator in class",
                "path: '[]'                    | logs.files[0].path: '[]' is not a glob: ",
                "path: '*/../x'                | logs.files[0].path: '*/../x' matches nothing: . and .. are no names of files",
                "path: 'x*/./y'                | logs.files[0].path: 'x*/./y' matches nothing",
                "path: '/**'                   | logs.files[0].path: '/**' is the whole machine — begin with a folder",
                "path: x, notify: {command: y} | logs.files[0].notify: goes with strategy: rename only — remove it, or write strategy: rename",
                "path: x, strategy: cut, notify: {signal: HUP, pid_file: p} | logs.files[0].notify: goes with strategy: rename only",
                "path: x, strategy: rename, notify: {} | logs.files[0].notify: says nothing — write {signal: HUP, pid_file: app.pid} or {command: [./reopen.sh]}",
                "path: x, strategy: rename, notify: HUP | logs.files[0].notify: is a single value; it must be a section",
                "path: x, strategy: rename, notify: {signal: HUP} | logs.files[0].notify: pid_file is missing — add, for example, pid_file: app.pid",
                "path: x, strategy: rename, notify: {pid_file: p} | logs.files[0].notify.pid_file: goes with signal only — remove it, or write signal: HUP",
                "path: x, strategy: rename, notify: {pid_file: p, command: y} | logs.files[0].notify.pid_file: goes with signal only",
                "path: x, strategy: rename, notify: {signal: HUP, pid_file: p, command: y} | logs.files[0].notify: signal and command exclude each other",
                "path: x, strategy: rename, notify: {signal: HPU, pid_file: p} | logs.files[0].notify.signal: there is no signal 'HPU' — did you mean HUP?",
                "path: x, strategy: rename, notify: {command: []} | logs.files[0].notify.command: is empty",
                "path: x, strategy: rename, notify: {command: [/bin/echo, $X]} | logs.files[0].notify.command[1]: '$X' is not expanded",
            })
    void it_refuses_a_bad_entry(String entry, String problem) throws Exception {
        assertThat(folder.problems("logs: {files: [{" + entry + "}]}"))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void a_glob_longer_than_any_path_is_refused() throws Exception {
        assertThat(folder.problems("logs: {files: [{path: '" + "*a".repeat(3_000) + "'}]}"))
                .containsExactly("1:23: logs.files[0].path: is longer than any path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "a.log | a.log      | is that of files[0] too — keep one of them",
                "a.log | ./b/../a.log | is that of files[0] too",
                "'*.log' | './*.log' | is that of files[0] too",
                "'*.log' | a.log    | never counts: files[0] matches it — write it above that one: the first that matches counts",
                "'**'  | x/y/a.log  | never counts: files[0] matches it",
            })
    void it_refuses_an_entry_that_another_comes_before(String first, String second, String problem) throws Exception {
        var yaml = "logs:\n  files:\n    - {path: %s}\n    - {path: other}\n    - {path: %s}\n";

        assertThat(folder.problems(yaml.formatted(first, second).replace("other", "/srv/other")))
                .singleElement()
                .asString()
                .startsWith("5:14: logs.files[2].path: " + problem);
        assertThat(folder.load(yaml.formatted("'*.txt'", second)).logs().files())
                .hasSize(3);
    }

    @Test
    void one_mistake_does_not_hide_the_next() throws Exception {
        assertThat(folder.problems("""
                        logs:
                          defaults: {keep: many}
                          files:
                            - {keep: 1}
                            - {path: '[a'}
                            - {path: b, strategy: mv}
                            - {path: audit.jsonl}
                        """))
                .extracting(text -> text.substring(0, text.indexOf(':')))
                .containsExactly("2", "4", "5", "6", "7");
    }
}
