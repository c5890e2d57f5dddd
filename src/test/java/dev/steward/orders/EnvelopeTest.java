package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class EnvelopeTest {
    private static final OffsetDateTime CREATED = OffsetDateTime.parse("2025-10-30T05:29:04+07:00");

    private static Envelope titled(String title, String tags) {
        return new Envelope("WO-20251030-7K3V9QX2MD", "CLS", Priority.P3, title, tags, CREATED, "wo_cls_selftest.yaml");
    }

    @Test
    void it_is_written_in_the_form_that_readers_know() {
        assertThat(titled("CLS Self-Test", "cls,selftest").text()).isEqualTo("""
                wo_id: "WO-20251030-7K3V9QX2MD"
                agent: "CLS"
                priority: "P3"
                title: "CLS Self-Test"
                tags: "cls,selftest"
                created_at: "2025-10-30T05:29:04+07:00"
                schema: "AI-OP-001/WO/v1"
                body_file: "wo_cls_selftest.yaml"
                evidence_dir: "evidence/"
                """);
    }

    @Test
    void it_has_the_very_bytes_of_one_that_the_system_before_this_one_wrote() {
        var sample = new Envelope(
                "WO-20251030-H6R94XXXXX",
                "CLS",
                Priority.P3,
                "CLS Self-Test",
                "cls,selftest",
                CREATED,
                "wo_cls_selftest.yaml");
        var bytes = sample.text().getBytes(StandardCharsets.UTF_8);

        assertThat(bytes).hasSize(230);
        assertThat(Sha256.of(bytes)).isEqualTo("1c8944d6cf437627a887d1422d61c60ae6f36ea413541fada515eff6fc412d6f");
    }

    @Test
    void its_time_has_seconds_and_an_offset_in_digits_always() {
        assertThat(Envelope.time(OffsetDateTime.parse("2025-10-30T05:29:00.987Z")))
                .isEqualTo("2025-10-30T05:29:00+00:00");
        assertThat(Envelope.time(OffsetDateTime.parse("2025-10-30T00:00-03:30")))
                .isEqualTo("2025-10-30T00:00:00-03:30");
    }

    @Property(tries = 300)
    void any_title_and_tags_are_read_back_by_a_yaml_1_2_reader(@ForAll String title, @ForAll String tags) {
        var text = titled(wellFormed(title), wellFormed(tags)).text();

        var read = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);

        assertThat(read.get("title")).isEqualTo(wellFormed(title));
        assertThat(read.get("tags")).isEqualTo(wellFormed(tags));
        assertThat(text.lines()).hasSize(9);
    }

    @Test
    void odd_titles_are_read_back_by_a_yaml_1_1_reader() throws Exception {
        var odd =
                "a \"b\" \\ 'c' # d: e, {f} [g] %h @i `j` !k &l *m | > ~ yes 0x1 \t \u0000 \u001b[31m \u007f \u0085 \u00a0 \u2028 \u202e"
                        + " \ufeff \ufffe \uffff äöü 工作 \ud83d\ude80 \ud83f\udfff";
        var program = "import sys, yaml; d = yaml.safe_load(sys.stdin.buffer.read());"
                + " sys.stdout.buffer.write(d['title'].encode() + b'\\n' + d['tags'].encode())";
        assumeTrue(Tools.works("python3", "-c", "import yaml"), "python3 has a YAML reader");

        var read = Tools.run(titled(odd, odd).text().getBytes(StandardCharsets.UTF_8), "python3", "-c", program);

        assertThat(read.text()).isEqualTo(odd + "\n" + odd);
    }

    /** Halves of characters are no text that UTF-8 can write; drafts refuse them. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
