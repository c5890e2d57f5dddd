package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.audit.AuditVerifier.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditVerifierTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("audit.jsonl");
    }

    @Test
    void a_missing_file_is_missing() throws Exception {
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Missing());
    }

    @Test
    void an_empty_file_is_an_empty_chain() throws Exception {
        Files.createFile(file);
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(0, 0, Hashes.ZEROS, Optional.empty()));
    }

    @Test
    void lines_without_any_record_are_never_called_intact() throws Exception {
        Files.writeString(file, "{\"event\":\"old\"}\nmore\n");
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Unchained(2, Optional.empty()));
    }

    @Test
    void a_partial_last_line_is_no_fault() throws Exception {
        Head head = Trails.write(file, 2);
        Files.writeString(file, Files.readString(file) + "{\"seq\":3");
        assertThat(AuditVerifier.verify(file)).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.records()).isEqualTo(2);
            assertThat(intact.headHash()).isEqualTo(head.hash());
            assertThat(intact.tornTail().orElseThrow()).startsWith("8 bytes");
        });
    }

    @Test
    void lines_cut_off_the_end_leave_an_intact_chain_with_another_head() throws Exception {
        Head head = Trails.write(file, 5);
        edit(lines -> lines.removeLast());
        assertThat(AuditVerifier.verify(file)).isInstanceOfSatisfying(Verdict.Intact.class, intact -> {
            assertThat(intact.records()).isEqualTo(4);
            assertThat(intact.headHash()).isNotEqualTo(head.hash());
        });
    }

    @Test
    void a_changed_record_is_named() throws Exception {
        Trails.write(file, 5);
        Trails.replace(file, "\"number\":3", "\"number\":4");
        assertBroken(3, 3, "it was changed after that was written");
    }

    @Test
    void a_removed_record_is_named() throws Exception {
        Trails.write(file, 5);
        edit(lines -> lines.remove(2));
        assertBroken(3, 4, "its seq is 4 where 3 was due: 1 before it was removed");
    }

    @Test
    void a_removed_begin_is_named() throws Exception {
        Trails.write(file, 5);
        edit(lines -> lines.removeFirst());
        assertBroken(1, 2, "begins with seq 2");
    }

    @Test
    void a_doubled_record_is_named() throws Exception {
        Trails.write(file, 5);
        edit(lines -> lines.add(3, lines.get(2)));
        assertBroken(4, 3, "the line before it once more");
    }

    @Test
    void a_moved_record_is_named() throws Exception {
        Trails.write(file, 5);
        edit(lines -> lines.add(lines.remove(1)));
        assertBroken(2, 3, "where 2 was due");
    }

    @Test
    void a_record_of_a_second_writer_without_the_lock_is_named() throws Exception {
        Trails.write(file, 3);
        edit(lines -> lines.add(lines.get(2).replace("\"number\":3", "\"number\":8")));
        assertBroken(4, 3, "two wrote at once");
    }

    @Test
    void an_empty_line_is_named() throws Exception {
        Trails.write(file, 5);
        edit(lines -> lines.add(2, ""));
        assertBroken(3, 0, "it is empty");
    }

    @Test
    void a_line_that_is_not_json_is_named() throws Exception {
        Trails.write(file, 5);
        edit(lines -> lines.add(2, "oops"));
        assertBroken(3, 0, "not JSON");
    }

    @Test
    void a_line_of_another_program_is_named() throws Exception {
        Trails.write(file, 5);
        edit(lines -> lines.add("{\"seq\":6,\"event\":\"foreign\"}"));
        assertBroken(6, 0, "no prev");
    }

    @Test
    void a_last_record_that_is_not_json_inside_is_named() throws Exception {
        Trails.write(file, 5);
        Trails.replace(file, "\"number\":5", "\"number\":;");
        assertBroken(5, 0, "not JSON");
    }

    @Test
    void a_field_that_stands_twice_is_named() throws Exception {
        Trails.write(file, 5);
        Trails.replace(file, "\"number\":5", "\"seq\":5");
        assertBroken(5, 0, "uplicate");
    }

    @Test
    void crlf_line_ends_are_named() throws Exception {
        Trails.write(file, 3);
        edit(lines -> lines.set(1, lines.get(1) + "\r"));
        assertBroken(2, 0, "CRLF");
    }

    @Test
    void a_first_prev_that_is_not_zeros_is_named() throws Exception {
        Trails.write(file, 1);
        Trails.replace(file, "\"prev\":\"0", "\"prev\":\"1");
        assertBroken(1, 1, "64 zeros");
    }

    @Test
    void a_change_in_old_lines_is_found() throws Exception {
        Files.writeString(file, "old one\nold two\n");
        Trails.write(file, 2);
        Trails.replace(file, "old one", "old 0ne");
        assertBroken(1, 0, "lines 1 to 2");
    }

    @Test
    void a_record_in_another_form_of_json_is_a_record() throws Exception {
        Head head = Trails.write(file, 1);
        String foreign = "{ \"prev\": \"" + head.hash() + "\", \"x\": {\"prev\": 1}, \"seq\": 2 }";
        Files.writeString(file, Files.readString(file) + foreign + "\n");
        Head last = Trails.open(file).append(List.of(Trails.event(3)));
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(3, 0, last.hash(), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 17})
    void lines_longer_than_any_buffer_are_read_through(int mebibytes) throws Exception {
        Head head = Trails.write(file, 1);
        String begin = "{\"seq\":2,\"ts\":\"\",\"event\":\"long\",\"text\":\"";
        String end = "\",\"prev\":\"" + head.hash() + "\"}\n";
        Files.writeString(file, Files.readString(file) + begin + "x".repeat(mebibytes << 20) + end);
        Head last = Trails.open(file).append(List.of(Trails.event(3)));
        assertThat(AuditVerifier.verify(file)).isEqualTo(new Verdict.Intact(3, 0, last.hash(), Optional.empty()));
    }

    @Test
    void a_long_line_that_is_no_record_is_named() throws Exception {
        Trails.write(file, 1);
        Files.writeString(file, Files.readString(file) + "x".repeat(2 << 20) + "\n");
        assertBroken(2, 0, "2097152 bytes");
    }

    @Test
    void whoever_is_interrupted_gets_the_same_answer_and_stays_interrupted() throws Exception {
        Files.writeString(file, "old\n");
        Head head = Trails.write(file, 3);
        Thread.currentThread().interrupt();
        Verdict verdict = AuditVerifier.verify(file);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(verdict).isEqualTo(new Verdict.Intact(3, 1, head.hash(), Optional.empty()));
    }

    @Test
    void a_folder_is_refused() {
        assertThatThrownBy(() -> AuditVerifier.verify(home))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("not a regular file");
    }

    private void assertBroken(long line, long seq, String reason) throws AuditException {
        assertThat(AuditVerifier.verify(file)).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
            assertThat(broken.lineNumber()).isEqualTo(line);
            assertThat(broken.seq()).isEqualTo(seq);
            assertThat(broken.reason()).contains(reason);
        });
    }

    private void edit(Consumer<List<String>> change) throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file));
        change.accept(lines);
        Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
