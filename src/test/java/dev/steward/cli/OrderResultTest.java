package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Result;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OrderResultTest {
    private static String end(String text) throws IOException {
        return OrderResult.end(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void what_is_short_is_kept_as_it_is() throws IOException {
        for (var text : new String[] {"", "x", "a\nb\n", "ü€😀"}) {
            assertThat(end(text)).isEqualTo(text);
        }
    }

    @Test
    void of_what_is_long_the_end_is_kept() throws IOException {
        var text = "begin" + "x".repeat(1_000_000) + "end";
        assertThat(end(text)).hasSize(Result.OUTPUT_LIMIT).endsWith("xend");
    }

    @Test
    void a_character_is_not_cut_in_two() throws IOException {
        assertThat(end("x" + "😀".repeat(Result.OUTPUT_LIMIT))).isEqualTo("😀".repeat(Result.OUTPUT_LIMIT / 2));
        assertThat(end("😀".repeat(Result.OUTPUT_LIMIT) + "x"))
                .isEqualTo("😀".repeat(Result.OUTPUT_LIMIT / 2 - 1) + "x");
    }

    @Test
    void what_is_no_utf_8_is_shown_as_such() throws IOException {
        assertThat(OrderResult.end(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, 'b'})))
                .isEqualTo("a\uFFFDb");
    }

    @Property(tries = 30)
    void however_it_comes_it_is_the_end(
            @ForAll @IntRange(max = 600_000) int length,
            @ForAll @IntRange(min = 1, max = 70_000) int most,
            @ForAll int seed)
            throws IOException {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (var i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(OrderResult.end(new InPieces(bytes, most)))
                .isEqualTo(text.substring(Math.max(0, length - Result.OUTPUT_LIMIT)));
    }

    /** Gives no more than so many bytes at once, as a pipe does. */
    private static final class InPieces extends InputStream {
        private final InputStream in;
        private final int most;

        InPieces(byte[] bytes, int most) {
            this.in = new ByteArrayInputStream(bytes);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return in.read(to, offset, Math.min(length, most));
        }
    }
}
