package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.steward.control.RequestReader.Parsed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    @Test
    void it_reads_a_request() {
        var parsed = RequestReader.parse("""
                {"jsonrpc":"2.0","id":7,"method":"start","params":{"agents":["a","b"],"wait":false,"timeout_s":5,"x":null}}""");
        assertThat(parsed)
                .isEqualTo(new Parsed.Good(new Request(
                        Optional.of("7"),
                        "start",
                        Map.of("agents", List.of("a", "b"), "wait", false, "timeout_s", 5L))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {"'\"a\"b\\c\"',''", "'7','7'", "'-1.50','-1.50'", "'null','null'", "'\"x\"','\"x\"'"})
    void it_keeps_the_id_as_it_was(String id, String kept) {
        if (kept.isEmpty()) {
            assertThat(bad("{\"id\":" + id + "}").code()).isEqualTo(RpcError.MALFORMED);
            return;
        }
        assertThat(RequestReader.parse("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"m\"}"))
                .asInstanceOf(type(Parsed.Good.class))
                .extracting(good -> good.request().id())
                .isEqualTo(Optional.of(kept));
    }

    @Test
    void without_an_id_it_is_a_notification() {
        assertThat(RequestReader.parse("{\"jsonrpc\":\"2.0\",\"method\":\"m\"}"))
                .isEqualTo(new Parsed.Good(new Request(Optional.empty(), "m", Map.of())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-32700 | {                                             | not JSON",
                "-32700 | nonsense                                      | not JSON",
                "-32700 | {\"jsonrpc\":\"2.0\",\"method\":\"m\"} {}     | one a line",
                "-32700 | {\"id\":1,\"id\":2}                           | not JSON",
                "-32600 | [{\"jsonrpc\":\"2.0\",\"method\":\"m\"}]      | batches are not served",
                "-32600 | 42                                            | a request is an object",
                "-32600 | {\"method\":\"m\"}                            | \"jsonrpc\"",
                "-32600 | {\"jsonrpc\":2.0,\"method\":\"m\"}            | \"jsonrpc\"",
                "-32600 | {\"jsonrpc\":\"2.0\"}                         | \"method\" is missing",
                "-32600 | {\"jsonrpc\":\"2.0\",\"method\":{\"a\":1}}    | \"method\" has to be a string",
                "-32600 | {\"jsonrpc\":\"2.0\",\"method\":\"m\",\"id\":[]} | \"id\" has to be",
                "-32602 | {\"jsonrpc\":\"2.0\",\"method\":\"m\",\"params\":[1]} | parameters go by name",
            })
    void it_says_what_is_wrong(int code, String line, String message) {
        var error = bad(line);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.getMessage()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{\"params\":{\"agents\":[", "[\"a", "{\"id\":1,\"id\":2}", "{]", "{\"id\":tru}", "\u0001"})
    void it_says_so_without_the_parsers_own_account_of_the_place(String line) {
        assertThat(bad(line).getMessage())
                .doesNotContain("Source", "REDACTED", "StreamReadFeature")
                .doesNotEndWith(" ");
    }

    @Test
    void an_empty_line_is_no_request() {
        assertThat(bad("").code()).isEqualTo(RpcError.INVALID_REQUEST);
    }

    @Test
    void deep_nesting_is_refused() {
        assertThat(bad("{\"params\":" + "[".repeat(5000)).code()).isNotZero();
        assertThat(bad("{\"x\":" + "[".repeat(5000)).code()).isEqualTo(RpcError.MALFORMED);
    }

    @Test
    void a_wrong_request_is_answered_under_its_id_wherever_that_stands() {
        assertThat(RequestReader.parse("{\"method\":1,\"jsonrpc\":\"2.0\",\"id\":\"q\"}"))
                .asInstanceOf(type(Parsed.Bad.class))
                .extracting(Parsed.Bad::id)
                .isEqualTo("\"q\"");
    }

    @Property
    void whatever_comes_it_answers_and_never_throws(@ForAll String line) {
        assertThat(RequestReader.parse(line)).isNotNull();
    }

    private static RpcError bad(String line) {
        return ((Parsed.Bad) RequestReader.parse(line)).error();
    }
}
