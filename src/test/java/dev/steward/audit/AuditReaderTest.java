package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditReaderTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("audit.jsonl");
    }

    @Test
    void it_gives_the_last_lines_oldest_first() throws Exception {
        Files.writeString(file, "one\ntwo\nthree\n");
        assertThat(Trails.tail(file, 2)).containsExactly("two", "three");
        assertThat(Trails.tail(file, 3)).containsExactly("one", "two", "three");
        assertThat(Trails.tail(file, 9)).containsExactly("one", "two", "three");
        assertThat(Trails.tail(file, 0)).isEmpty();
    }

    @Test
    void a_line_that_is_being_written_is_left_out() throws Exception {
        Files.writeString(file, "one\ntwo\nthr");
        assertThat(Trails.tail(file, 1)).containsExactly("two");
    }

    @Test
    void empty_lines_are_lines() throws Exception {
        Files.writeString(file, "one\n\n\n");
        assertThat(Trails.tail(file, 2)).containsExactly("", "");
    }

    @Test
    void an_empty_file_has_no_lines() throws Exception {
        Files.createFile(file);
        assertThat(Trails.tail(file, 5)).isEmpty();
    }

    @Test
    void lines_across_many_blocks_come_whole() throws Exception {
        List<String> lines = IntStream.range(0, 20_000)
                .mapToObj(i -> "line " + i + " " + "é".repeat(i % 50))
                .toList();
        Files.writeString(file, lines.stream().collect(Collectors.joining("\n", "", "\n")));
        assertThat(Trails.tail(file, 15_000)).isEqualTo(lines.subList(5_000, 20_000));
    }

    @Test
    void a_line_over_a_mebibyte_is_cut_and_says_so() throws Exception {
        Files.writeString(file, "one\n" + "x".repeat((1 << 20) + 5) + "\nthree\n");
        List<String> lines = Trails.tail(file, 3);
        assertThat(lines).hasSize(3).startsWith("one").endsWith("three");
        assertThat(lines.get(1))
                .hasSize((1 << 20) + "… [5 bytes more]".length())
                .endsWith("x… [5 bytes more]");
    }

    @Test
    void a_missing_file_is_said() {
        assertThatThrownBy(() -> Trails.tail(file, 1))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("audit.jsonl");
    }

    @Test
    void a_negative_number_is_refused() {
        assertThatThrownBy(() -> Trails.tail(file, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
