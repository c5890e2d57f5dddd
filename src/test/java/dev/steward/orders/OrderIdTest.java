package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderIdTest {
    @Test
    void a_new_one_has_the_date_and_ten_characters_of_crockfords_base_32() {
        var ids = new HashSet<String>();
        var random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            ids.add(OrderId.next(LocalDate.of(2025, 1, 3), random).text());
        }

        assertThat(ids).hasSize(1_000).allMatch(id -> id.matches("WO-20250103-[0-9A-HJKMNP-TV-Z]{10}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WO-20251030-H6R94XXXXX",
                "WO-251112-014650-auto",
                "WO-CLS-20251128-034217-G2KS",
                "WO-EXPENSE_OCR-1762219184-slip_demo.jpg",
                "wo with spaces",
                "Auftrag-für-später",
                "工作单",
                "a.b",
                "~x",
                "WO*?:\"<>|$(x)`y`;'",
                "trailing."
            })
    void those_from_the_wild_and_odd_but_harmless_ones_are_taken(String text) throws Exception {
        assertThat(OrderId.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a/b",
                "/etc",
                "a\\b",
                "..",
                "a..b",
                "../../etc/passwd",
                ".hidden",
                ".",
                "-rf",
                "a\nb",
                "a\0b",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "a\ud800b"
            })
    void those_that_walk_or_hide_or_break_lines_are_refused_by_a_message_that_shows_them_harmlessly(String text) {
        assertThatThrownBy(() -> OrderId.of(text))
                .isInstanceOfSatisfying(
                        OrderException.class, e -> assertThat(e.kind()).isEqualTo(OrderException.Kind.MISUSE))
                .message()
                .matches("[^\\p{Cntrl}\\x{2028}\\x{d800}]*");
        assertThatThrownBy(() -> new OrderId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_has_at_most_128_bytes_however_many_characters_these_are() throws Exception {
        assertThat(OrderId.of("x".repeat(128)).text()).hasSize(128);
        assertThat(OrderId.of("ü".repeat(64)).text()).hasSize(64);

        assertThatThrownBy(() -> OrderId.of("x".repeat(129))).hasMessageContaining("longer than 128 bytes");
        assertThatThrownBy(() -> OrderId.of("ü".repeat(65))).hasMessageContaining("longer than 128 bytes");
        assertThatThrownBy(() -> OrderId.of("x".repeat(100_000))).message().hasSizeLessThan(500);
    }

    @Test
    void case_makes_another_one() throws Exception {
        assertThat(OrderId.of("WO-a")).isNotEqualTo(OrderId.of("WO-A"));
    }
}
