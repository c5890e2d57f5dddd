package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    private static final Manifest SAMPLE = new Manifest(
            "WO-20251030-H6R94XXXXX",
            "2025-10-30T05:29:04+07:00",
            new Manifest.Part("1c8944d6cf437627a887d1422d61c60ae6f36ea413541fada515eff6fc412d6f", 230),
            new Manifest.Part("454384a66c98110202d1446248dbdf42a7e408a838f5b7c0ec61b171921218a8", 111),
            "CLS",
            "P3");

    @Test
    void it_is_written_as_the_system_before_this_one_wrote_it() {
        assertThat(SAMPLE.text()).isEqualTo("""
                {
                  "wo_id": "WO-20251030-H6R94XXXXX",
                  "created_at": "2025-10-30T05:29:04+07:00",
                  "checksums": {
                    "wo_yaml": "1c8944d6cf437627a887d1422d61c60ae6f36ea413541fada515eff6fc412d6f",
                    "body": "454384a66c98110202d1446248dbdf42a7e408a838f5b7c0ec61b171921218a8"
                  },
                  "sizes": {
                    "wo_yaml": 230,
                    "body": 111
                  },
                  "agent": "CLS",
                  "priority": "P3"
                }
                """);
    }

    @Property(tries = 200)
    void it_is_read_back_whatever_its_texts_are(@ForAll String id, @ForAll String agent) throws Exception {
        var written = new Manifest(id, "x", SAMPLE.envelope(), SAMPLE.body(), agent, "P0");

        assertThat(ManifestReader.read(written.text().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(written);
    }

    @Test
    void members_that_it_does_not_know_are_passed_over() throws Exception {
        var more = SAMPLE.text()
                .replaceFirst("\\{", "{\"extra\": [1, {\"wo_id\": \"x\"}], \"more\": {\"a\": null, \"b\": 1.5}, ");

        assertThat(ManifestReader.read(more.getBytes(StandardCharsets.UTF_8))).isEqualTo(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{}",
                "null",
                "{\"checksums\": {\"wo_yaml\": \"x\", \"body\": \"y\"}}",
                "{\"checksums\": {\"wo_yaml\": \"x\", \"body\": \"y\"}, \"sizes\": {\"wo_yaml\": 1, \"body\": \"many\"}}",
                "{\"checksums\": {\"wo_yaml\": \"x\", \"wo_yaml\": \"z\", \"body\": \"y\"}, \"sizes\": {\"wo_yaml\": 1, \"body\": 2}}",
                "{\"checksums\": {\"wo_yaml\": \"x\", \"body\": \"y\"}, \"sizes\": {\"wo_yaml\": 1, \"body\": 99999999999999999999}}",
                "{\"checksums\": {\"wo_yaml\": \"x\", \"body\": \"y\"}, \"sizes\": {\"wo_yaml\": 1, \"body\": 2}} {}"
            })
    void what_is_none_is_refused_with_a_reason(String text) {
        assertThatThrownBy(() -> ManifestReader.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class)
                .message()
                .isNotBlank();
    }

    @Test
    void one_that_is_nested_without_end_or_too_large_or_no_utf_8_is_refused() {
        for (var bytes : new byte[][] {
            "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8),
            " ".repeat(70_000).getBytes(StandardCharsets.UTF_8),
            {(byte) 0xff, (byte) 0xfe, 0}
        }) {
            assertThatThrownBy(() -> ManifestReader.read(bytes)).isInstanceOf(Unreadable.class);
        }
    }
}
