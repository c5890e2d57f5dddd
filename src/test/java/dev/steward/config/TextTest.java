package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "hunter2", "EMPTY", "");

    @TempDir
    private Path path;

    @Test
    void references_are_resolved_among_plain_text() {
        assertThat(new Text("a ${env:TOKEN}${env:EMPTY}, $1 $ {x} $").resolve(ENVIRONMENT))
                .isEqualTo("a hunter2, $1 $ {x} $");
        assertThat(new Text("").resolve(ENVIRONMENT)).isEmpty();
    }

    @Test
    void a_second_dollar_makes_a_reference_plain_text() {
        assertThat(new Text("$${env:TOKEN} $${").resolve(ENVIRONMENT)).isEqualTo("${env:TOKEN} ${");
    }

    @Test
    void what_a_reference_stands_for_is_not_resolved_again() {
        assertThat(new Text("${env:A}").resolve(Map.of("A", "${env:A}"))).isEqualTo("${env:A}");
    }

    @Test
    void a_file_loses_one_newline_at_its_end() throws Exception {
        assertThat(ofFile("s3cret\n")).isEqualTo("s3cret");
        assertThat(ofFile("s3cret\r\n")).isEqualTo("s3cret");
        assertThat(ofFile("two\nlines\n\n")).isEqualTo("two\nlines\n");
        assertThat(ofFile("none")).isEqualTo("none");
    }

    private String ofFile(String content) throws Exception {
        var file = Files.writeString(path.resolve("secret"), content);
        return new Text("${file:" + file + "}").resolve(Map.of());
    }

    @Test
    void it_is_shown_without_what_its_references_stand_for() {
        assertThat(new Text("${env:TOKEN}")).hasToString("${env:TOKEN}");
    }

    @Test
    void a_reference_that_leads_nowhere_is_named() {
        assertThatThrownBy(() -> new Text("x${env:GONE}").resolve(ENVIRONMENT))
                .isInstanceOf(Text.UnresolvedReference.class)
                .hasMessage("${env:GONE}: the variable is not set");
        assertThatThrownBy(() -> new Text("${file:" + path + "/gone}").resolve(ENVIRONMENT))
                .isInstanceOf(Text.UnresolvedReference.class)
                .hasMessage("${file:" + path + "/gone}: no such file");
    }

    @Test
    void a_file_that_would_block_or_never_end_is_refused() {
        assertThatThrownBy(() -> new Text("${file:/dev/zero}").resolve(ENVIRONMENT))
                .isInstanceOf(Text.UnresolvedReference.class)
                .hasMessage("${file:/dev/zero}: is not a regular file");
    }

    @Test
    void a_file_whose_content_cannot_be_a_variable_is_refused_without_showing_it() {
        assertThatThrownBy(() -> ofFile("hun\0ter"))
                .isInstanceOf(Text.UnresolvedReference.class)
                .message()
                .endsWith("the file holds a NUL character")
                .doesNotContain("hun");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${", "${env:", "${}", "${env:}", "${env:A B}", "${file:}", "${foo:bar}", "${HOME}"})
    void a_malformed_reference_is_never_taken_for_plain_text(String template) {
        assertThatThrownBy(() -> new Text(template).resolve(ENVIRONMENT)).isInstanceOf(Text.UnresolvedReference.class);
    }

    @Test
    void relative_paths_become_absolute_when_the_file_is_read() {
        var folder = Path.of("/etc/steward");

        assertThat(Texts.parse("a${file:keys/../k}b", folder))
                .isEqualTo(Parsed.good(new Text("a${file:/etc/steward/k}b")))
                .isEqualTo(Texts.parse("a${file:/etc/steward/k}b", Path.of("/")));
        assertThat(Texts.parse("${file:k}", Path.of("/a}b"))).isInstanceOf(Parsed.Bad.class);
    }
}
