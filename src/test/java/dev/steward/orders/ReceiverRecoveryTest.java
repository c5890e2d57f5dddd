package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.WorkOrder;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each state in which a kill can leave an inbox: the next receiver makes of it an order that lies there once and is acknowledged once. */
class ReceiverRecoveryTest {
    private static final String ID = "WO~20251030-7K3V9QX2MD";

    @TempDir
    Path folder;

    private Desk desk;
    private WorkOrder order;

    @BeforeEach
    void open() throws Exception {
        desk = new Desk(folder.resolve("CLC"));
        order = Orders.order(ID);
        desk.bus.drop(order);
        new Ground(desk.inbox).make();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private Path arriving() {
        return desk.inbox.resolve(".arriving/0123456789abcdef-1");
    }

    private void makeReceipt() throws IOException {
        Files.createFile(desk.inbox.resolve(".receipts/" + ID + "~0123456789abcdef-1"));
    }

    private void assertDeliveredOnce() throws Exception {
        desk.awaitAcknowledged(ID);
        Await.until("the receipt goes", () -> desk.receipts().isEmpty());
        assertThat(desk.orders()).containsExactly(ID);
        assertThat(Tools.sha256sum(desk.inbox.resolve(ID)).status()).isZero();
        assertThat(desk.arriving()).isEmpty();
        assertThat(desk.bus.acknowledgements(ID)).hasSize(1);
        assertThat(desk.bus.quarantined()).isEmpty();
    }

    @Test
    void killed_with_half_of_the_folder_written() throws Exception {
        Files.createDirectory(arriving());
        Files.writeString(arriving().resolve(ID + ".yaml"), order.envelope().substring(0, 20));

        desk.start();

        assertDeliveredOnce();
    }

    @Test
    void killed_before_the_receipt() throws Exception {
        Arrival.write(order, arriving());

        desk.start();

        assertDeliveredOnce();
    }

    @Test
    void killed_between_receipt_and_rename() throws Exception {
        Arrival.write(order, arriving());
        makeReceipt();

        desk.start();

        assertDeliveredOnce();
    }

    @Test
    void killed_between_rename_and_acknowledgement() throws Exception {
        Arrival.write(order, arriving());
        makeReceipt();
        Files.move(arriving(), desk.inbox.resolve(ID));

        desk.start();

        assertDeliveredOnce();
        desk.await(InboxEvent.Delivered.class);
    }

    @Test
    void killed_between_rename_and_acknowledgement_and_the_reader_took_the_order_away() throws Exception {
        makeReceipt();

        desk.start();

        desk.awaitAcknowledged(ID);
        Await.until("the receipt goes", () -> desk.receipts().isEmpty());
        assertThat(desk.orders()).isEmpty();
        assertThat(desk.bus.acknowledgements(ID)).hasSize(1);
    }

    @Test
    void the_receipt_is_believed_of_the_order_that_it_is_of() throws Exception {
        var name = new ArrivingNames(new Random(1)).next(order);
        Files.createFile(desk.inbox.resolve(".receipts/" + ID + "~" + name));

        desk.start();

        desk.awaitAcknowledged(ID);
        Await.until("the receipt goes", () -> desk.receipts().isEmpty());
        assertThat(desk.orders()).isEmpty();
    }

    @Test
    void another_order_of_its_id_is_not_taken_for_it() throws Exception {
        var other = new ArrivingNames(new Random(1)).next(Orders.order(ID, "of another sender"));
        Files.createFile(desk.inbox.resolve(".receipts/" + ID + "~" + other));

        desk.start();

        desk.await(InboxEvent.Trouble.class, told -> told.reason().contains("another order has the id " + ID));
        assertThat(desk.bus.acknowledgements(ID)).isEmpty();
        assertThat(desk.receipts()).containsExactly(ID + "~" + other);
    }

    @Test
    void killed_between_acknowledgement_and_the_end_of_the_receipt() throws Exception {
        Arrival.write(order, desk.inbox.resolve(ID));
        makeReceipt();
        acknowledge();

        desk.start();

        desk.await(InboxEvent.DeliveredBefore.class, told -> told.id().equals(ID));
        assertDeliveredOnce();
    }

    @Test
    void killed_so_and_the_reader_took_the_order_away() throws Exception {
        makeReceipt();
        acknowledge();

        desk.start();

        desk.await(InboxEvent.DeliveredBefore.class);
        assertThat(desk.orders()).isEmpty();
        assertThat(desk.bus.acknowledgements(ID)).hasSize(1);
    }

    @Test
    void a_power_loss_took_the_receipt_and_left_the_order() throws Exception {
        Arrival.write(order, desk.inbox.resolve(ID));

        desk.start();

        assertDeliveredOnce();
    }

    @Test
    void an_order_that_was_brought_and_never_comes_again_keeps_its_receipt_and_harms_nobody() throws Exception {
        Files.createFile(desk.inbox.resolve(".receipts/WO-other~0123456789abcdef-2"));

        desk.start();

        desk.awaitAcknowledged(ID);
        Await.until("one receipt stays", () -> desk.receipts().equals(List.of("WO-other~0123456789abcdef-2")));
    }

    @Test
    void what_lies_among_steward_s_own_files_and_is_none_of_them_harms_nothing() throws Exception {
        Files.createFile(desk.inbox.resolve(".receipts/no-mark"));
        Files.createSymbolicLink(desk.inbox.resolve(".arriving/link"), folder);
        Files.createDirectories(desk.inbox.resolve(".arriving/deep/er/est"));

        desk.start();

        desk.awaitAcknowledged(ID);
        assertThat(desk.arriving()).isEmpty();
        assertThat(folder).exists();
    }

    private void acknowledge() throws Exception {
        try (var reception = desk.bus.receive("CLC")) {
            reception.take(1, Duration.ZERO);
            reception.acknowledge(
                    order,
                    new Acknowledgement(
                            ID,
                            "CLC",
                            "clc",
                            "studio",
                            "",
                            Desk.NOW,
                            5,
                            order.sha256(),
                            order.body().sha256()));
        }
    }
}
