package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.heading;
import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.Body;
import dev.steward.bus.BusSamples;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.redis.Reply.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Orders, and places in streams, as they stand in Redis. */
class EntriesTest {
    private static final long MOST = 1L << 30;

    private static Entry entry(List<Object> fields) {
        var map = new LinkedHashMap<String, byte[]>();
        for (int i = 0; i < fields.size(); i += 2) {
            map.put(
                    fields.get(i).toString(),
                    fields.get(i + 1) instanceof byte[] bytes
                            ? bytes
                            : fields.get(i + 1).toString().getBytes(StandardCharsets.UTF_8));
        }
        return new Entry("1-1", map);
    }

    private static WorkOrder thereAndBack(WorkOrder order) throws Check.Bad {
        var read = OrderEntry.read(
                entry(OrderEntry.fields(order, "studio")), order.heading().to(), MOST);
        return read.payload().inside().isEmpty()
                ? read.with(order.body().content())
                : read.with(new Body.Content.Inline(read.payload().inside().getFirst()));
    }

    @Property(tries = 200)
    void an_order_comes_out_as_it_went_in(@ForAll @Size(max = 2_000) byte[] body) throws Check.Bad {
        var order = order(heading("WO-ü-漢-😀", "ClC", "P0"), inline(body));
        assertThat(thereAndBack(order)).isEqualTo(order);
    }

    @Test
    void a_large_body_is_in_as_many_pieces_as_it_needs() throws Check.Bad {
        var file = Path.of("/spool/x");
        for (var each :
                Map.of(65_537L, 1, 262_144L, 1, 262_145L, 2, 1L << 30, 4_096).entrySet()) {
            var body = new Body(BusSamples.sha256(new byte[1]), each.getKey(), new Body.Content.Spooled(file));
            var order = order(heading("WO-1", "CLC", "P3"), body);
            assertThat(OrderEntry.pieces(body)).isEqualTo(each.getValue());
            assertThat(thereAndBack(order)).isEqualTo(order);
        }
    }

    @Test
    void a_body_above_the_limit_or_in_a_wrong_number_of_pieces_is_refused() {
        var fields = entry(OrderEntry.fields(order("WO-1", "CLC"), "studio")).fields();
        assertBad(changed(fields, "body_size", "99"), "body_size says 99");
        assertBad(changed(fields, "body_size", "-1"), "body_size can't be '-1'");
        assertBad(changed(fields, "body_size", "9999999999999999999"), "body_size is too large");
        assertBad(changed(fields, "body_size", "1073741825"), "body_size is larger than 1073741824");
        var pieces = new LinkedHashMap<>(changed(fields, "body_size", "1000000"));
        pieces.remove("body");
        assertBad(changed(pieces, "pieces", "5"), "is not in 5 pieces");
        assertBad(pieces, "pieces is missing");
    }

    @Test
    void an_envelope_that_is_no_utf_8_is_refused() {
        var fields = entry(OrderEntry.fields(order("WO-1", "CLC"), "studio")).fields();
        var broken = new LinkedHashMap<>(fields);
        broken.put("wo", new byte[] {(byte) 0xff});
        assertBad(broken, "its envelope is no UTF-8");
        for (var far : List.of("+999999999-01-01T00:00:00+00:00", "1677-09-21T00:12:43.5Z")) {
            assertBad(changed(fields, "created_at", far), "created_at lies before 1970 or after 9999: '" + far + "'");
        }
        assertBad(changed(fields, "created_at", "yesterday"), "created_at is no time: 'yesterday'");
        assertBad(changed(fields, "wo_id", "a\u001b[2Jb"), "wo_id can't be 'a?[2Jb'");
    }

    private static Map<String, byte[]> changed(Map<String, byte[]> fields, String name, String value) {
        var changed = new LinkedHashMap<>(fields);
        changed.put(name, value.getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    private static void assertBad(Map<String, byte[]> fields, String reason) {
        assertThatThrownBy(() -> OrderEntry.read(new Entry("1-1", fields), "CLC", MOST))
                .isInstanceOf(Check.Bad.class)
                .hasMessageContaining(reason);
    }

    @Test
    void what_is_removed_from_a_stream_is_behind_all_who_read_it_and_are_not_away_for_long() {
        assertThat(Trim.behind(Map.of("a", "100-5", "b", "90-1"), 50)).isEqualTo("90-1");
        assertThat(Trim.behind(Map.of("a", "100-5", "b", "90-10", "c", "90-9"), 50))
                .isEqualTo("90-9");
        assertThat(Trim.behind(Map.of("a", "100-5", "dead", "10-1"), 50)).isEqualTo("50-0");
        assertThat(Trim.behind(Map.of("a", "100-5", "odd", "hello"), 50)).isEqualTo("100-5");
        assertThat(Trim.behind(Map.of(), 50)).isEqualTo("50-0");
        assertThat(Trim.behind(Map.of("new", "0-0"), -5)).isEqualTo("0-0");
    }

    @Test
    void the_pauses_between_tries_double_up_to_a_limit() {
        var backoff = new Backoff(RedisPace.USUAL.backoff(), new Random(7));
        for (int failures = 1; failures < 100; failures++) {
            long full = Math.min(5_000, 100L << Math.min(failures - 1, 20));
            assertThat(backoff.after(failures).toMillis()).isBetween(full / 2, full);
        }
    }
}
