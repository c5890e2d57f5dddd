package dev.steward.bus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class FieldsTest {
    @Property
    void fields_come_back_as_they_were_in_their_order(@ForAll("fields") Map<String, Object> fields) {
        var back = Fields.read(Fields.write(fields));
        assertThat(back).isEqualTo(fields);
        assertThat(back.keySet()).containsExactlyElementsOf(fields.keySet());
    }

    @Test
    void what_is_kept_is_json_in_ascii() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("title", "a \"b\" \\ \u0000\n\u00fc\ud83d\ude00");
        fields.put("n", -7L);
        assertThat(Fields.write(fields))
                .isEqualTo("{\"title\":\"a \\\"b\\\" \\\\ \\u0000\\u000a\\u00fc\\ud83d\\ude00\",\"n\":-7}");
        assertThat(JsonMapper.shared()
                        .readTree(Fields.write(fields))
                        .get("title")
                        .asString())
                .isEqualTo(fields.get("title"));
    }

    @Provide
    static Arbitrary<Map<String, Object>> fields() {
        var text = Arbitraries.strings().all().ofMaxLength(20);
        var value = Arbitraries.oneOf(
                text.asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric());
        return Arbitraries.maps(text, value).ofMaxSize(8).map(LinkedHashMap::new);
    }

    @Test
    void whole_numbers_come_back_as_long() {
        assertThat(Fields.read(Fields.write(Map.of("a", 7)))).isEqualTo(Map.of("a", 7L));
    }

    @Test
    void what_is_neither_text_nor_a_number_is_refused() {
        for (Object value : List.of(true, List.of(), Double.NaN, Double.POSITIVE_INFINITY)) {
            assertThatThrownBy(() -> Fields.write(Map.of("a", value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a");
        }
    }
}
