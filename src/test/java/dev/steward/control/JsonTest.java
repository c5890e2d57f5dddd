package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Property
    void a_string_comes_back_as_it_was(@ForAll String text) {
        assertThat(Json.text(Json.quote(text))).isEqualTo(text);
    }

    @Property
    void it_reads_what_the_daemon_writes(@ForAll String name, @ForAll String text, @ForAll long number) {
        var json = JsonText.of(out -> {
            out.writeStartObject();
            out.writeStringProperty("t" + name, text);
            out.writeName("n");
            out.writeStartArray();
            out.writeNumber(number);
            out.writeStartObject();
            out.writeStringProperty(text, "]}");
            out.writeEndObject();
            out.writeEndArray();
            out.writeBooleanProperty("last", true);
            out.writeEndObject();
        });
        var members = Json.members(json);
        assertThat(members).containsOnlyKeys("t" + name, "n", "last").containsEntry("last", "true");
        assertThat(Json.text(members.getOrDefault("t" + name, ""))).isEqualTo(text);
        assertThat(members.get("n")).startsWith("[" + number + ",{").endsWith("}]");
    }

    @Test
    void it_takes_spaces_between_members() {
        assertThat(Json.members("{ \"a\" : 1 , \"b\" : { \"c\" : [ ] } }"))
                .containsExactly(entry("a", "1"), entry("b", "{ \"c\" : [ ] }"));
        assertThat(Json.members("{}")).isEqualTo(Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":\"", "{\"a\":\"x\\", "[1]"})
    void what_is_cut_off_is_refused(String json) {
        assertThatThrownBy(() -> Json.members(json)).isInstanceOf(IllegalArgumentException.class);
    }
}
