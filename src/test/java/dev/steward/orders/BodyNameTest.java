package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyNameTest {
    private static final OrderId ID = new OrderId("WO-1");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "wo_cls_selftest.yaml,wo_cls_selftest.yaml",
                "/tmp/some folder/slip demo.jpg,slip demo.jpg",
                "../../etc/passwd,passwd",
                ".bashrc,_bashrc",
                "-rf,_rf",
                "a..b,a__b",
                "back\\slash,back_slash"
            })
    void the_file_keeps_its_name_as_far_as_that_is_safe(String given, String safe) {
        assertThat(BodyName.safe(given, ID)).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "WO-1.yaml", "wo-1.YAML", "evidence", "Evidence"})
    void one_that_has_no_name_or_that_of_another_file_is_called_body(String given) {
        assertThat(BodyName.safe(given, ID)).isEqualTo("body");
    }

    @Test
    void a_long_one_keeps_its_ending() {
        var cut = BodyName.safe("ü".repeat(200) + ".tar.gz", ID);

        assertThat(cut).startsWith("üü").endsWith(".gz");
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(127, 128);
    }

    @Property
    void whatever_was_given_the_name_is_one_that_receivers_take(@ForAll String given, @ForAll boolean long_) {
        assertThat(BodyName.objection(BodyName.safe(long_ ? given.repeat(40) : given, ID), ID.text()))
                .isEmpty();
    }

    @Test
    void others_may_name_theirs_as_long_as_a_file_system_lets_them() {
        assertThat(BodyName.objection("é".repeat(127) + "x", ID.text())).isEmpty();
        assertThat(BodyName.objection("é".repeat(128), ID.text())).contains("is longer than 255 bytes");
    }
}
