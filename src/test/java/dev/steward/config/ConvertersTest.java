package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The binder over records that no configuration has, yet. */
class ConvertersTest {
    record Rotation(
            @Default("1MB") DataSize rotateAbove,
            @Default("[]") List<Path> files,
            @Default("{}") Map<String, Rotation.Rule> rules) {
        record Rule(
                @Default("7") int keep, @Otherwise("none") Optional<String> note) {}
    }

    record Impossible(Thread thread) {}

    record WithoutDefault(int number) {}

    private final Problems problems = new Problems(Path.of("f.yaml"));

    private <R extends Record> R bind(Class<R> type, String yaml) {
        var node = YamlFile.snippet(yaml).orElseThrow();
        return new RecordConverter<>(type, new Converters(Path.of("/base")))
                .read(node, Scope.root(problems, node))
                .orElseThrow();
    }

    @Test
    void components_in_camel_case_are_keys_in_snake_case() {
        assertThat(bind(Rotation.class, "{rotate_above: 10MiB}").rotateAbove()).isEqualTo(new DataSize(10 << 20));
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void lists_maps_and_nested_records_are_read_through() {
        assertThat(bind(Rotation.class, "{files: [a, /b], rules: {x: {keep: 3, note: n}, y: }}"))
                .isEqualTo(new Rotation(
                        new DataSize(1_000_000),
                        List.of(Path.of("/base/a"), Path.of("/b")),
                        Map.of(
                                "x",
                                new Rotation.Rule(3, Optional.of("n")),
                                "y",
                                new Rotation.Rule(7, Optional.empty()))));
    }

    @Test
    void a_bad_value_is_reported_and_the_rest_is_still_read() {
        var rotation = bind(Rotation.class, "{rotate_above: 10, files: [b], rules: {x: {keep: many}}}");

        assertThat(rotation.files()).containsExactly(Path.of("/base/b"));
        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly(
                        "f.yaml:1:16: rotate_above: 10 has no unit — write 10MB, or 10B for bytes",
                        "f.yaml:1:50: rules.x.keep: 'many' is not a whole number");
    }

    @Test
    void a_record_that_cannot_be_bound_is_found_when_the_binder_is_made() {
        var converters = new Converters(Path.of("/"));

        assertThatThrownBy(() -> converters.of(Impossible.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no converter for class java.lang.Thread");
        assertThatThrownBy(() -> converters.of(WithoutDefault.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("number has no usable default");
    }
}
