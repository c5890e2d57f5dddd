package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordTextTest {
    @Test
    void each_field_has_a_line_and_the_records_own_hash_is_the_last() {
        var line = "{\"seq\":6,\"ts\":\"now\",\"event\":\"wo_drop\",\"n\":1.50,\"ok\":true,\"none\":null,"
                + "\"more\":{\"a\":[1,\"x\",{}],\"b\":[]},\"prev\":\"00\"}";
        assertThat(AuditReader.forPeople(line))
                .isEqualTo("""
                seq       6
                ts        now
                event     wo_drop
                n         1.50
                ok        true
                none      null
                more      {"a":[1,"x",{}],"b":[]}
                prev      00
                its hash  %s
                """.formatted(Hashes.of(line.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    @Test
    void nothing_in_it_is_obeyed_by_a_terminal() {
        var writer = new RecordWriter();
        writer.begin(new Head(0, Hashes.ZEROS), "now");
        writer.add(RecordBody.of(new AuditEvent("odd", Map.of("a\u001b[2J", List.of("\u202e\u009b", "line\nbreak")))));
        var foreign = "{\"text\":\"\u202e\u009b\\u001b[2J\"}";
        assertThat(AuditReader.forPeople(foreign))
                .startsWith("text      \\u202e\\u009b\\u001B[2J\n")
                .doesNotContain("\u202e", "\u009b", "\u001b");
    }

    @Test
    void what_is_no_json_object_is_shown_as_it_is() {
        for (var line : List.of("", "not JSON", "[1]", "{\"cut\":\"of", "{\"seq\":1… [5 bytes more]")) {
            assertThat(AuditReader.forPeople(line)).isEqualTo(line + "\n");
        }
    }

    @Test
    void a_line_that_was_not_utf_8_has_no_hash_here() {
        assertThat(AuditReader.forPeople("{\"a\":\"\uFFFD\"}")).isEqualTo("a  \uFFFD\n");
    }
}
