package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.store.StoreException;
import dev.steward.testing.FakeNode;
import java.nio.file.Path;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RememberedTest {
    private final FakeNode node = new FakeNode(Path.of("/h"));
    private final Remembered remembered = new Remembered(node, ZoneOffset.UTC);

    @Property(tries = 200)
    void it_finds_the_last_events_however_many_are_gone(
            @ForAll @IntRange(max = 300) int gone,
            @ForAll @IntRange(max = 40) int there,
            @ForAll @IntRange(max = 50) int limit)
            throws StoreException {
        node.transitions.clear();
        for (var seq = gone + 1; seq <= gone + there; seq++) {
            node.transitions.add(FakeNode.transition(seq, "cls", "a", "b"));
        }
        var events = remembered.lastEvents(limit, false);
        assertThat(events.lines()).hasSize(Math.min(there, limit));
        assertThat(events.last()).isEqualTo(there == 0 ? 0 : gone + there);
        if (!events.lines().isEmpty()) {
            assertThat(events.lines().getLast()).endsWith("because " + (gone + there));
        }
    }

    @Test
    void a_transition_is_one_line() throws StoreException {
        node.transitions.add(FakeNode.transition(1, "cls", "starting", "up"));
        assertThat(remembered.historyText("cls", 5))
                .isEqualTo("2026-01-02 03:04:06.678  cls  starting -> up  pid 7  because 1\n");
        assertThat(remembered.historyJson("cls", 5)).isEqualTo("""
                        [{"seq":1,"ts":"2026-01-02T03:04:06.678000+00:00","agent":"cls","from":"starting","to":"up",\
                        "reason":"because 1","incarnation":"inc","pid":7,"monotonic_ns":1,"boot":"boot"}]""");
    }

    @Test
    void what_was_last_known_is_marked_as_such() throws StoreException {
        node.transitions.add(FakeNode.transition(1, "cls", "starting", "up"));
        assertThat(remembered.lastKnownText("The daemon is not running"))
                .startsWith("The daemon is not running; last known states of 2026-01-02 03:04:06.678:\n")
                .containsPattern("cls +was up ");
        assertThat(remembered.lastKnownJson())
                .startsWith("{\"daemon\":null,\"agents\":[{\"name\":\"cls\",\"label\":null");
    }
}
