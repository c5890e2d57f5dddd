package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.WorkOrder;
import dev.steward.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverTest {
    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() {
        desk = new Desk(folder.resolve("inbox/CLC"));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void an_order_lies_in_the_inbox_with_evidence_that_sha256sum_verifies_and_is_acknowledged() throws Exception {
        var order = Orders.order("WO-20251030-7K3V9QX2MD", "task: x\n");
        desk.start();

        desk.bus.drop(order);

        desk.awaitAcknowledged(order.id());
        var place = desk.inbox.resolve(order.id());
        assertThat(Desk.names(place)).containsExactly("WO-20251030-7K3V9QX2MD.yaml", "evidence", "wo_test.yaml");
        assertThat(place.resolve("WO-20251030-7K3V9QX2MD.yaml")).hasContent(order.envelope());
        assertThat(place.resolve("wo_test.yaml")).hasContent("task: x\n");
        var check = Tools.sha256sum(place);
        assertThat(check.status()).as(check.text()).isZero();
        assertThat(check.text().lines()).hasSize(3).allMatch(line -> line.endsWith(": OK"));
        assertThat(ManifestReader.read(Files.readAllBytes(place.resolve("evidence/manifest.json"))))
                .isEqualTo(new Manifest(
                        order.id(),
                        "2025-10-30T05:29:04+07:00",
                        new Manifest.Part(order.sha256(), order.envelope().length()),
                        new Manifest.Part(order.body().sha256(), 8),
                        "CLS",
                        "P3"));
    }

    @Test
    void its_acknowledgement_says_who_has_it_what_lies_there_and_how_long_it_took() throws Exception {
        var order = Orders.order("WO-1");
        desk.start();

        desk.bus.drop(order);

        desk.awaitAcknowledged("WO-1");
        assertThat(desk.bus.acknowledgements("WO-1"))
                .containsExactly(new Acknowledgement(
                        "WO-1",
                        "CLC",
                        "clc",
                        "studio",
                        "0199-incarnation",
                        Desk.NOW,
                        1_250,
                        order.sha256(),
                        order.body().sha256()));
        desk.await(InboxEvent.Delivered.class);
        assertThat(desk.told(InboxEvent.Delivered.class))
                .extracting(InboxEvent.Delivered::heading)
                .containsExactly(order.heading());
        Await.until("the receipt goes", () -> desk.receipts().isEmpty());
        assertThat(desk.arriving()).isEmpty();
    }

    @Test
    void many_orders_are_delivered_once_each() throws Exception {
        var ids = IntStream.range(0, 300).mapToObj(i -> "WO-" + i).toList();
        desk.start();

        for (var id : ids) {
            desk.bus.drop(Orders.order(id));
        }

        Await.until("all are acknowledged", () -> desk.bus.acknowledged() == ids.size());
        assertThat(desk.orders()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(ids)
                .allSatisfy(id -> assertThat(desk.bus.acknowledgements(id)).hasSize(1));
        desk.close();
        assertThat(desk.receipts()).isEmpty();
        assertThat(desk.arriving()).isEmpty();
    }

    @Test
    void they_get_their_places_in_the_order_in_which_they_come() throws Exception {
        var ids = IntStream.range(0, 200).mapToObj(i -> "WO-" + i).toList();
        for (var id : ids) {
            desk.bus.drop(Orders.order(id, "x".repeat(id.hashCode() & 0xffff)));
        }
        desk.start();

        Await.until("all are acknowledged", () -> desk.bus.acknowledged() == ids.size());
        assertThat(desk.bus.asked()).containsExactlyElementsOf(ids);
    }

    @Test
    void an_order_that_cannot_be_delivered_holds_up_no_other() throws Exception {
        Files.createDirectories(desk.inbox.resolve("WO-0"));
        for (var i = 0; i < 20; i++) {
            desk.bus.drop(Orders.order("WO-" + i));
        }
        desk.start();

        Await.until("the others are acknowledged", () -> desk.bus.acknowledged() == 19);
        desk.await(InboxEvent.Quarantined.class);
    }

    @Test
    void an_envelope_of_another_order_or_payload_is_put_into_quarantine() throws Exception {
        var envelopes = List.of(
                Orders.order("WO-2").envelope(), Orders.order("WO-1").envelope().replace("wo_test.yaml", "else"), "[");
        for (var envelope : envelopes) {
            var sound = Orders.order("WO-1");
            desk.bus.forget("WO-1");
            desk.bus.drop(new WorkOrder(
                    sound.heading(),
                    envelope,
                    Sha256.of(envelope.getBytes(StandardCharsets.UTF_8)),
                    sound.bodyFile(),
                    sound.body()));
            try (var _ = desk.start()) {
                Await.until("it is put aside", () -> desk.bus.quarantined().containsKey("WO-1"));
            }
        }
        assertThat(desk.told(InboxEvent.Quarantined.class))
                .extracting(InboxEvent.Quarantined::reason)
                .satisfiesExactly(
                        why -> assertThat(why).isEqualTo("its envelope is of another order: WO-2"),
                        why -> assertThat(why).isEqualTo("its envelope names another payload: else"),
                        why -> assertThat(why).startsWith("its envelope "));
        assertThat(desk.orders()).isEmpty();
    }

    @Test
    void an_empty_body_and_names_of_128_bytes_are_delivered() throws Exception {
        var id = "WO-" + "x".repeat(125);
        desk.start();

        desk.bus.drop(Orders.order(id, "b".repeat(128), Orders.inline(new byte[0])));

        desk.awaitAcknowledged(id);
        assertThat(desk.inbox.resolve(id).resolve("b".repeat(128))).isEmptyFile();
        assertThat(Tools.sha256sum(desk.inbox.resolve(id)).status()).isZero();
    }

    @Test
    void ids_that_differ_in_case_alone_are_two_orders() throws Exception {
        desk.start();

        desk.bus.drop(Orders.order("WO-a"));
        desk.bus.drop(Orders.order("WO-A"));

        desk.awaitAcknowledged("WO-a");
        desk.awaitAcknowledged("WO-A");
        assertThat(desk.orders()).containsExactly("WO-A", "WO-a");
    }

    @Test
    void a_body_from_the_spool_is_delivered_with_the_rights_of_its_siblings() throws Exception {
        var spooled = Files.write(folder.resolve("x.body"), new byte[3_000_000]);
        Files.setPosixFilePermissions(spooled, PosixFilePermissions.fromString("rw-------"));
        desk.start();

        desk.bus.drop(Orders.order("WO-1", "large.bin", Orders.spooled(spooled)));

        desk.awaitAcknowledged("WO-1");
        var place = desk.inbox.resolve("WO-1");
        assertThat(place.resolve("large.bin")).hasSize(3_000_000);
        assertThat(Files.getPosixFilePermissions(place.resolve("large.bin")))
                .isEqualTo(Files.getPosixFilePermissions(place.resolve("WO-1.yaml")));
        assertThat(Tools.sha256sum(place).status()).isZero();
    }

    @Test
    void orders_wait_while_the_bus_is_away() throws Exception {
        desk.bus.fail(BusException.Kind.UNAVAILABLE, "no daemon answers");
        desk.start();
        desk.await(InboxEvent.Trouble.class, trouble -> trouble.reason().contains("no daemon answers"));

        desk.bus.work();
        desk.bus.drop(Orders.order("WO-1"));

        desk.awaitAcknowledged("WO-1");
        desk.await(InboxEvent.Over.class);
        assertThat(desk.told(InboxEvent.Trouble.class)).hasSize(1);
    }

    @Test
    void an_acknowledgement_whose_answer_was_lost_is_not_repeated() throws Exception {
        desk.bus.drop(Orders.order("WO-1"));
        desk.bus.loseAnswers();
        desk.start();
        desk.await(InboxEvent.Trouble.class, trouble -> trouble.reason().contains("the connection broke"));

        desk.bus.work();

        desk.await(InboxEvent.DeliveredBefore.class, told -> told.id().equals("WO-1"));
        assertThat(desk.bus.acknowledgements("WO-1")).hasSize(1);
        assertThat(desk.orders()).containsExactly("WO-1");
        assertThat(desk.receipts()).isEmpty();
    }

    @Test
    void the_second_receiver_of_an_inbox_waits_for_the_end_of_the_first() throws Exception {
        var first = desk.start();
        desk.await(InboxEvent.Holding.class);
        desk.start();
        desk.await(InboxEvent.Waiting.class);
        assertThat(desk.told(InboxEvent.Holding.class)).hasSize(1);

        first.close();

        Await.until(
                "the second one holds it",
                () -> desk.told(InboxEvent.Holding.class).size() == 2);
        desk.bus.drop(Orders.order("WO-1"));
        desk.awaitAcknowledged("WO-1");
    }

    @Test
    void closing_frees_the_inbox_at_once_and_leaves_nothing_under_way() throws Exception {
        var receiver = desk.start();
        for (int i = 0; i < 200; i++) {
            desk.bus.drop(Orders.order("WO-" + i));
        }
        desk.awaitAcknowledged("WO-0");

        receiver.close();

        assertThat(desk.arriving()).isEmpty();
        try (var lock = InboxLock.take(new Ground(desk.inbox).lock()).orElseThrow()) {
            assertThat(lock).isNotNull();
        }
        assertThat(desk.orders()).hasSize(desk.bus.acknowledged());
    }

    @Test
    void a_fault_in_the_receiver_is_told_and_ends_nothing() throws Exception {
        desk.bus.stumble("a rare fault");
        desk.start();
        var order = Orders.order("WO-1");
        desk.bus.drop(order);

        desk.awaitAcknowledged("WO-1");
        assertThat(desk.told(InboxEvent.Trouble.class))
                .singleElement()
                .satisfies(told -> assertThat(told.reason()).contains("a rare fault", "begins anew"));
    }

    @Test
    void one_whose_acknowledgement_is_refused_is_told_and_troubles_nobody_else() throws Exception {
        desk.bus.refuse("WO-1");
        desk.start();
        desk.bus.drop(Orders.order("WO-1"));
        desk.await(
                InboxEvent.Refused.class,
                told -> told.folder().equals(desk.inbox.resolve("WO-1"))
                        && told.reason().equals("the bus refuses it: another receiver has it"));
        assertThat(desk.told(InboxEvent.Trouble.class)).isEmpty();

        desk.bus.fail(BusException.Kind.UNAVAILABLE, "away for a moment");
        desk.await(InboxEvent.Trouble.class);
        desk.bus.work();

        desk.awaitAcknowledged("WO-1");
        desk.await(InboxEvent.Over.class);
    }
}
