package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Body;
import dev.steward.bus.WorkOrder;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineTest {
    private static final String OTHER_HASH = "0".repeat(64);

    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder.resolve("CLC"));
        desk.start();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    /** Drops it, and gives the folder in quarantine. */
    private Path quarantined(WorkOrder order, String reason) throws Exception {
        desk.bus.drop(order);
        desk.await(InboxEvent.Quarantined.class);
        Await.until("the bus knows", () -> !desk.bus.quarantined().isEmpty());
        assertThat(desk.bus.quarantined().get(order.id())).contains(reason);
        assertThat(desk.bus.acknowledgements(order.id())).isEmpty();
        var told = desk.told(InboxEvent.Quarantined.class).getFirst();
        assertThat(told.reason()).contains(reason);
        assertThat(told.folder()).isDirectory().hasParent(desk.inbox.resolve(".quarantine"));
        assertThat(told.folder().resolve("reason")).content().contains(reason);
        assertThat(desk.arriving()).isEmpty();
        assertThat(desk.receipts()).isEmpty();
        return told.folder();
    }

    @Test
    void a_body_that_is_not_what_was_sent_is_put_aside_with_a_reason() throws Exception {
        var body = Orders.inline(new byte[] {1, 2, 3});
        var order = Orders.order("WO-1", "b.bin", Orders.claimed(body, OTHER_HASH, 3));

        var aside = quarantined(order, "the payload has the SHA-256 " + body.sha256());

        assertThat(aside.resolve("b.bin")).hasBinaryContent(new byte[] {1, 2, 3});
        assertThat(aside.resolve("WO-1.yaml")).hasContent(order.envelope());
        assertThat(desk.orders()).isEmpty();
    }

    @Test
    void a_body_of_another_length_is_put_aside() throws Exception {
        var body = Orders.inline(new byte[] {1, 2, 3});

        quarantined(Orders.order("WO-1", "b.bin", Orders.claimed(body, body.sha256(), 4)), "the payload has 3 bytes");
    }

    @Test
    void a_changed_envelope_is_put_aside() throws Exception {
        var order = Orders.order("WO-1");

        quarantined(
                new WorkOrder(order.heading(), order.envelope() + "x", order.sha256(), order.bodyFile(), order.body()),
                "the envelope has the SHA-256");
    }

    @Test
    void a_spooled_body_that_was_changed_is_put_aside() throws Exception {
        var spooled = Files.write(folder.resolve("x.body"), new byte[200_000]);
        var body = Orders.spooled(spooled);
        Files.write(spooled, new byte[] {1});

        quarantined(Orders.order("WO-1", "b.bin", body), "the payload has the SHA-256");
    }

    @Test
    void a_spooled_body_that_is_gone_or_a_link_makes_no_order() throws Exception {
        var gone = new Body(OTHER_HASH, 3, new Body.Content.Spooled(folder.resolve("gone.body")));

        var aside = quarantined(Orders.order("WO-1", "b.bin", gone), "file in the spool is gone");

        assertThat(aside.resolve("no-payload")).isRegularFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../WO-out", "/tmp/WO-out", "a/b", "..", ".hidden", "-rf", "a\nb", ".receipts", "a\0b"})
    void an_id_that_walks_out_or_hides_never_becomes_a_path(String id) throws Exception {
        var before = files();

        quarantined(Orders.order(id), "its id ");

        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../b", "/etc/passwd", "evidence", "WO-1.yaml", "wo-1.YAML", ".", "a\0b"})
    void a_body_s_name_that_walks_out_or_is_taken_never_becomes_a_path(String name) throws Exception {
        var before = files();

        quarantined(Orders.order("WO-1", name, Orders.inline(new byte[] {1})), "its payload's name ");

        assertThat(files()).isEqualTo(before);
    }

    @Test
    void something_else_at_the_order_s_place_is_never_overwritten() throws Exception {
        Files.createDirectories(desk.inbox.resolve("WO-1"));
        Files.writeString(desk.inbox.resolve("WO-1/mine.txt"), "precious");

        var aside = quarantined(Orders.order("WO-1"), "something else lies at its place");

        assertThat(desk.inbox.resolve("WO-1/mine.txt")).hasContent("precious");
        assertThat(aside.resolve("wo_test.yaml")).hasContent("content of WO-1\n");
    }

    @Test
    void other_content_under_the_same_id_is_never_overwritten() throws Exception {
        Orders.byHand(desk.inbox, "WO-1", "by hand");
        desk.awaitAcknowledged("WO-1");
        desk.bus.drop(Orders.order("WO-1", "other"));

        desk.await(InboxEvent.Quarantined.class);
        assertThat(desk.inbox.resolve("WO-1/task.md")).hasContent("by hand");
    }

    @Test
    void one_that_comes_again_since_the_answer_was_lost_is_put_aside_once() throws Exception {
        var order = Orders.order("WO-1", "b.bin", Orders.claimed(Orders.inline(new byte[] {1}), OTHER_HASH, 1));
        var quarantine = new Quarantine(new Ground(desk.inbox));
        desk.await(InboxEvent.Holding.class);
        var before = quarantine.put(order, "a kill came after this", "one");

        var aside = quarantined(order, "");

        assertThat(aside).isEqualTo(before);
        assertThat(Desk.names(desk.inbox.resolve(".quarantine"))).hasSize(1);
    }

    /** Everything outside of the quarantine. */
    private List<String> files() throws Exception {
        desk.await(InboxEvent.Holding.class);
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(folder::relativize)
                    .map(Path::toString)
                    .filter(name -> !name.contains(".quarantine"))
                    .sorted()
                    .toList();
        }
    }
}
