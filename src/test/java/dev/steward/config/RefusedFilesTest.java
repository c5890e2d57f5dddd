package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedFilesTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @Test
    void a_missing_file_says_what_writes_one() {
        assertThat(folder.problems(path.resolve("steward.yaml")))
                .containsExactly(" no such file — `steward init` writes one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# a comment\n", "---\n", "~"})
    void it_refuses_an_empty_file(String yaml) throws Exception {
        assertThat(folder.problems(yaml))
                .containsExactly(" the file is empty — `steward init` writes one to begin with");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "agents: {a: | 1:12: not YAML: expected the node content",
                "agents: {a: {command: ${env:X}}} | 1:24: not YAML: expected ',' or '}', but got { — put references into quotes",
                "a: b: c | 1:5: not YAML: mapping values are not allowed here — put a value that holds ': ' into quotes",
                "a: *nope | 1:4: not YAML: found undefined alias nope",
                "logs: {files: [{path: *.log}]} | 1:24: not YAML: unexpected character found .(46) — put a glob into quotes",
                "logs: {files: [{path: [ab].log}]} | 1:27: not YAML: expected ',' or '}', but got <scalar> — put a glob into quotes",
                "logs: {files: [{path: g/{a,b}.log}]} | 1:25: not YAML: expected ',' or '}', but got { — put a glob into quotes",
                "a: 'open | 1:9: not YAML: found unexpected end of stream",
                "a: !!python/object {b: 1} | 1:4: unknown tag tag:yaml.org,2002:python/object — remove it",
                "a: !thing {b: 1} | 1:4: unknown tag !thing — remove it",
                "x-a: &a {b: *a} | 1:6: contains itself through an alias — write the section out",
            })
    void it_refuses_what_is_not_yaml_with_the_parsers_words_and_place(String yaml, String problem) throws Exception {
        assertThat(folder.problems(yaml)).singleElement().asString().startsWith(problem);
    }

    @Test
    void it_refuses_tabs_with_a_hint() throws Exception {
        assertThat(folder.problems("agents:\n\ta: {}\n"))
                .singleElement()
                .asString()
                .startsWith("2:1: not YAML: found character")
                .endsWith(" — indent with spaces");
    }

    @Test
    void it_refuses_a_second_document() throws Exception {
        assertThat(folder.problems("agents: {}\n---\nagents: {}\n"))
                .containsExactly("3:1: a second document begins here — keep one in the file: remove the line ---");
    }

    @Test
    void it_refuses_a_file_of_megabytes() throws Exception {
        assertThat(folder.problems("# " + "x".repeat(4 << 20))).containsExactly(" is larger than 4MiB");
    }

    @Test
    void it_refuses_nesting_that_would_overflow_the_stack() throws Exception {
        assertThat(folder.problems("x-a: " + "[".repeat(100_000)))
                .containsExactly("1:55: not YAML: nested more than 50 levels deep");
        assertThat(folder.problems("x-a: " + "{a: ".repeat(100_000))).hasSize(1);
    }

    @Test
    void it_refuses_more_aliases_than_a_configuration_has() throws Exception {
        assertThat(folder.problems("x-a: &a [1]\nx-b: [" + "*a, ".repeat(3_000) + "]\n"))
                .singleElement()
                .asString()
                .contains("not YAML: ", "aliases");
    }

    @Test
    void a_bomb_of_aliases_is_never_unfolded() throws Exception {
        var bomb = new StringBuilder("x-0: &x0 {command: y}\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("x-%d: &x%d {<<: [%s]}\n".formatted(i, i, "*x%d, *x%d".formatted(i - 1, i - 1)));
        }

        assertThat(folder.problems(bomb + "agents: {a: *x59}\n"))
                .anySatisfy(text -> assertThat(text).contains("too many merges"));
    }

    @Test
    void it_refuses_what_is_not_utf_8() throws Exception {
        var file = path.resolve("steward.yaml");
        Files.write(file, "agents: {}\nnode: ä\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(folder.problems(file))
                .containsExactly(" is not UTF-8 text: see line 2 — convert it, for example with iconv");
    }

    @Test
    void it_refuses_characters_that_yaml_does_not_allow() throws Exception {
        assertThat(folder.problems("agents: {}\nnode: a\u0001\n"))
                .containsExactly("2:8: the character U+0001 may not stand in YAML"
                        + " — in double quotes, write \\x and its two digits");
    }

    @Test
    void it_refuses_a_folder() {
        assertThat(folder.problems(path)).containsExactly(" is a folder, not a file");
    }

    @Test
    void it_refuses_a_device_without_reading_it() {
        assertThat(folder.problems(Path.of("/dev/zero"))).containsExactly(" is not a regular file");
    }

    @Test
    void it_refuses_a_file_that_it_may_not_read() throws Exception {
        var file = folder.write("steward.yaml", "agents: {}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");

        assertThat(folder.problems(file)).singleElement().asString().startsWith(" may not be read by this user");
    }
}
