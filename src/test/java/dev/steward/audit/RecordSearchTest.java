package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSearchTest {
    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("audit.jsonl");
    }

    private List<String> bySeq(long seq) throws AuditException {
        var found = new ArrayList<String>();
        assertThat(AuditReader.record(file, seq, found::add)).isEqualTo(!found.isEmpty());
        return found;
    }

    private List<String> byOrder(String id) throws AuditException {
        var found = new ArrayList<String>();
        assertThat(AuditReader.recordsOf(file, id, found::add)).isEqualTo(!found.isEmpty());
        return found;
    }

    private static AuditEvent of(String event, String order) {
        return new AuditEvent(event, Map.of("wo_id", order));
    }

    @Test
    void every_record_of_a_large_trail_is_found_by_its_number() throws Exception {
        Files.writeString(file, "{\"event\":\"old\",\"text\":\"prev\"}\n".repeat(4_000));
        Trails.write(file, 3_000);
        var lines = Files.readAllLines(file);
        for (int seq = 1; seq <= 3_000; seq += 7) {
            assertThat(bySeq(seq)).containsExactly(lines.get(4_000 + seq - 1));
        }
        assertThat(bySeq(3_000)).containsExactly(lines.getLast());
        assertThat(bySeq(3_001)).isEmpty();
        assertThat(bySeq(0)).isEmpty();
    }

    @Test
    void all_records_after_a_number_are_found_and_no_others() throws Exception {
        Files.writeString(file, "{\"event\":\"old\"}\n".repeat(400));
        Trails.write(file, 300);
        Files.writeString(file, Files.readString(file) + "of somebody else\n");
        var lines = Files.readAllLines(file);
        for (int seq : new int[] {0, 1, 150, 292, 298, 299}) {
            var found = new ArrayList<String>();
            assertThat(AuditReader.recordsAfter(file, seq, found::add)).isTrue();
            assertThat(found).isEqualTo(lines.subList(400 + seq, 700));
        }
        assertThat(AuditReader.recordsAfter(file, 300, line -> {})).isFalse();
    }

    @Test
    void in_a_trail_that_is_not_in_order_all_with_the_number_are_found() throws Exception {
        Trails.write(file, 3_000);
        var lines = Files.readAllLines(file);
        var first = lines.remove(9);
        lines.add(first);
        lines.addFirst(lines.get(1_500));
        Files.write(file, lines);
        assertThat(bySeq(10)).containsExactly(first);
        assertThat(bySeq(1_502)).contains(lines.getFirst());
    }

    @Test
    void a_record_in_another_form_of_json_is_found() throws Exception {
        Head head = Trails.write(file, 2);
        var foreign = "{ \"prev\": \"" + head.hash() + "\", \"seq\": 3 }";
        Files.writeString(file, Files.readString(file) + foreign + "\n");
        assertThat(bySeq(3)).containsExactly(foreign);
    }

    @Test
    void one_behind_lines_longer_than_any_buffer_is_found() throws Exception {
        Files.writeString(file, "x".repeat(1 << 20) + "\n");
        Trails.write(file, 2);
        assertThat(bySeq(2)).hasSize(1);
        Trails.open(file).append(List.of(of("wo_drop", "WO-1")));
        assertThat(byOrder("WO-1")).hasSize(1);
    }

    @Test
    void all_records_of_a_work_order_are_found_oldest_first_and_no_others() throws Exception {
        Files.writeString(file, "{\"event\":\"old\",\"wo_id\":\"WO-1\"}\n{\"event\":\"torn\",\"wo_id\":\"WO-1\"…\n");
        Trails.open(file)
                .append(List.of(
                        of("wo_drop", "WO-1"),
                        of("wo_drop", "WO-10"),
                        new AuditEvent("note", Map.of("text", "\"WO-1\"", "of", Map.of("wo_id", "WO-1"))),
                        of("ack_received", "WO-1")));
        assertThat(byOrder("WO-1"))
                .extracting(line -> line.replaceAll(".*\"event\":\"(\\w+)\".*", "$1"))
                .containsExactly("old", "torn", "wo_drop", "ack_received");
        assertThat(byOrder("WO-2")).isEmpty();
    }

    @Test
    void an_id_with_letters_of_any_language_is_found() throws Exception {
        var id = "WO-สลิป_\"1\"é";
        Trails.open(file).append(List.of(of("wo_drop", id)));
        assertThat(byOrder(id)).hasSize(1);
    }

    @Test
    void what_is_being_written_is_no_record_yet() throws Exception {
        Trails.write(file, 1);
        Files.writeString(file, Files.readString(file) + "{\"seq\":2,\"wo_id\":\"WO-1\"");
        assertThat(bySeq(2)).isEmpty();
        assertThat(byOrder("WO-1")).isEmpty();
    }

    @Test
    void a_missing_file_is_said() {
        assertThatThrownBy(() -> bySeq(1)).isInstanceOf(AuditException.class).hasMessageContaining("audit.jsonl");
    }
}
