package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/** What is written is JSON that says what was given, and nothing that a terminal obeys. */
class JsonBytesTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static String json(Object value) {
        var json = new JsonBytes();
        json.value(value);
        return new String(json.bytes(), 0, json.size(), StandardCharsets.UTF_8);
    }

    @Property(tries = 1_000)
    void any_string_comes_back_as_it_was(@ForAll("strings") String text) {
        assertThat(MAPPER.readValue(json(text), String.class)).isEqualTo(text);
    }

    @Property(tries = 1_000)
    void nothing_in_it_is_obeyed_by_a_terminal(@ForAll("strings") String text) {
        assertThat(json(text).codePoints())
                .noneMatch(point -> point < ' '
                        || (point >= 0x7f && point < 0xa0)
                        || Character.getType(point) == Character.SURROGATE
                        || "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069".indexOf(point) >= 0);
    }

    @Property(tries = 500)
    void ordinary_text_is_written_as_jackson_writes_it(@ForAll("ordinary") String text) {
        var expected = new StringWriter();
        try (var generator = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), expected)) {
            generator.writeString(text);
        }
        assertThat(json(text)).isEqualTo(expected.toString());
    }

    /** Many that matter, and pairs of surrogates, whole and torn. */
    @Provide
    Arbitrary<String> strings() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\uffff')
                .withChars("\"\\\n\t\r\b\f\u0000\u001b\u007f\u009b\u2028\u202e\ud83d\ude00éก漢")
                .ofMaxLength(60);
    }

    @Provide
    Arbitrary<String> ordinary() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '~')
                .withChars("éก漢😀\"\\")
                .ofMaxLength(60)
                .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    @Test
    void values_of_each_kind_are_written() {
        var map = new LinkedHashMap<String, Object>();
        map.put("a", List.of(1L, List.of(), Map.of()));
        map.put("b\"", true);
        assertThat(json(map)).isEqualTo("{\"a\":[1,[],{}],\"b\\\"\":true}");
        assertThat(json(List.of(-1.5, new BigInteger("123456789012345678901"), new BigDecimal("1E+3"))))
                .isEqualTo("[-1.5,123456789012345678901,1E+3]");
        assertThat(json(List.of(Double.NaN, Double.NEGATIVE_INFINITY))).isEqualTo("[\"NaN\",\"-Infinity\"]");
        assertThat(json(List.of(Long.MIN_VALUE, Long.MAX_VALUE)))
                .isEqualTo("[-9223372036854775808,9223372036854775807]");
    }

    @Test
    void it_grows_and_is_used_again() {
        var json = new JsonBytes();
        var text = "x".repeat(3_000_000);
        json.string(text);
        assertThat(json.size()).isEqualTo(3_000_002);
        assertThat(MAPPER.readValue(Arrays.copyOf(json.bytes(), json.size()), String.class))
                .isEqualTo(text);
        json.clear();
        assertThat(json.bytes()).as("not kept").hasSizeLessThan(10_000);
        json.number(7);
        assertThat(new String(json.bytes(), 0, json.size(), StandardCharsets.US_ASCII))
                .isEqualTo("7");
    }
}
