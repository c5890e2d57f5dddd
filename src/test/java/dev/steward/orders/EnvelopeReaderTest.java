package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeReaderTest {
    private static EnvelopeReader.Read read(String text) throws Unreadable {
        return EnvelopeReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void all_that_an_envelope_says_is_read() throws Exception {
        var read = read("""
                wo_id: "WO-20251030-7K3V9QX2MD"
                agent: "CLS"
                priority: "P1"
                title: "CLS Self-Test"
                tags: "cls, selftest,,"
                created_at: "2025-10-30T05:29:04+07:00"
                schema: "AI-OP-001/WO/v1"
                body_file: "wo_cls_selftest.yaml"
                evidence_dir: "evidence/"
                """);

        assertThat(read.id()).contains("WO-20251030-7K3V9QX2MD");
        assertThat(read.from()).contains("CLS");
        assertThat(read.priority()).contains(Priority.P1);
        assertThat(read.title()).contains("CLS Self-Test");
        assertThat(read.tags()).isEqualTo("cls,selftest");
        assertThat(read.created()).contains(Instant.parse("2025-10-29T22:29:04Z"));
        assertThat(read.bodyFile()).contains("wo_cls_selftest.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tags: [cls, selftest]",
                "tags: ['cls', \" selftest \"]",
                "tags:\n  - cls\n  - selftest",
                "tags:\n- cls\n- [deeper, ones, are, passed, over]\n- selftest",
                "tags: cls, selftest",
                "'tags': 'cls,selftest'"
            })
    void tags_may_be_a_list_or_a_line(String text) throws Exception {
        assertThat(read(text).tags()).isEqualTo("cls,selftest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-10-30T05:29:04+07:00",
                "2025-10-30T05:29:04+0700",
                "2025-10-29T22:29:04Z",
                "2025-10-30 05:29:04+07:00",
                "2025-10-30T05:29:04.000+0700"
            })
    void a_time_may_have_its_colon_or_not(String time) throws Exception {
        assertThat(read("created_at: " + time).created()).contains(Instant.parse("2025-10-29T22:29:04Z"));
    }

    @Test
    void what_is_missing_or_makes_no_sense_is_empty() throws Exception {
        var read = read("""
                agent:
                title: ~
                priority: urgent
                created_at: yesterday
                body_file: [two, names]
                wo_id: {a: map}
                unknown: [[1], {2: 3}]
                """);

        assertThat(read.id()).isEmpty();
        assertThat(read.from()).isEmpty();
        assertThat(read.title()).isEmpty();
        assertThat(read.priority()).isEmpty();
        assertThat(read.created()).isEmpty();
        assertThat(read.bodyFile()).isEmpty();
        assertThat(read.tags()).isEmpty();
    }

    @Test
    void a_title_without_end_is_cut_between_characters() throws Exception {
        assertThat(read("title: " + "\ud83d\ude80".repeat(5_000)).title())
                .contains("\ud83d\ude80".repeat(Draft.MAX_TEXT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "just text",
                "- a\n- list",
                "a: 1\na: 2",
                "a: 1\n---\nb: 2",
                "a: 'open",
                "a: \"\\q\"",
                "[a, b]: c",
                "a: &x 1\nb: *x",
                "a: \u0007",
                "\t- x: [",
                "%YAML 9.9\n---\na: b"
            })
    void what_is_no_plain_mapping_is_refused_with_a_reason(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(Unreadable.class)
                .message()
                .isNotBlank();
    }

    @Test
    void bombs_are_refused_at_once() {
        var laughs = new StringBuilder("a: &a [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n");
        for (char c = 'b'; c < 'j'; c++) {
            laughs.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append(("*" + (char) (c - 1) + ",").repeat(9))
                    .append("]\n");
        }
        for (var bomb : new String[] {
            laughs.toString(),
            "a: " + "[".repeat(60_000),
            "a: " + "{a: ".repeat(15_000),
            "- ".repeat(30_000),
            "? ".repeat(30_000),
            "a: !!javax.script.ScriptEngineManager [".repeat(1_000),
            "a: \"" + "\\".repeat(60_001)
        }) {
            Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThatThrownBy(() -> read(bomb)).isInstanceOf(Unreadable.class));
        }
    }

    @Test
    void one_larger_than_64_kib_is_refused_unread() {
        var large = new byte[64 * 1024 + 1];
        Arrays.fill(large, (byte) '#');

        assertThatThrownBy(() -> EnvelopeReader.read(large)).hasMessageContaining("larger than 65536 bytes");
    }

    @Test
    void what_is_not_utf_8_is_refused_and_not_changed() {
        var latin = "title: für".getBytes(StandardCharsets.ISO_8859_1);
        var utf16 = "title: x".getBytes(StandardCharsets.UTF_16);

        assertThatThrownBy(() -> EnvelopeReader.read(latin)).hasMessage("is not UTF-8 text");
        assertThatThrownBy(() -> EnvelopeReader.read(utf16)).hasMessage("is not UTF-8 text");
    }
}
