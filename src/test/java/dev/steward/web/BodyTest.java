package dev.steward.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BodyTest {
    private static Body of(byte[] bytes, int part) {
        var body = new Body();
        for (var i = 0; i < bytes.length; i += part) {
            body.add(ByteBuffer.wrap(bytes, i, Math.min(part, bytes.length - i)));
        }
        return body;
    }

    @Property(tries = 200)
    void text_comes_out_as_it_went_in_whatever_its_parts(@ForAll String text, @ForAll @IntRange(min = 1) int part) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(of(bytes, part).text()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Property(tries = 200)
    void any_bytes_come_out_as_java_reads_them(@ForAll byte[] bytes) {
        assertThat(of(bytes, 7).text()).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    @Test
    void a_character_that_was_cut_in_two_is_left_out() {
        var text = "x".repeat(Ping.BODY_BYTES - 1);

        var body = of((text + "é and more").getBytes(StandardCharsets.UTF_8), 100);

        assertThat(body.text()).isEqualTo(text);
        assertThat(body.isCut()).isTrue();
    }

    @Test
    void what_fits_exactly_is_not_cut() {
        var body = of(new byte[Ping.BODY_BYTES], Ping.BODY_BYTES);

        assertThat(body.isCut()).isFalse();
        assertThat(body.text()).hasSize(Ping.BODY_BYTES);
    }

    @Test
    void too_long_is_what_exceeds_what_is_read() {
        assertThat(of(new byte[Body.MOST_READ], 1000).isTooLong()).isFalse();
        assertThat(of(new byte[Body.MOST_READ + 1], 1000).isTooLong()).isTrue();
    }
}
