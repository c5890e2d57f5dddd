package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.testing.Await;
import dev.steward.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk is in the way of deliveries. */
@EnabledOnOs(OS.LINUX)
class ReceiverDiskTest {
    @TempDir
    Path folder;

    @Test
    void a_full_disk_is_told_leaves_no_part_of_an_order_and_with_room_again_all_arrive() throws Exception {
        try (var disk = SmallDisk.mount(folder, 1_024);
                var desk = new Desk(disk.folder().resolve("CLC"))) {
            desk.start();
            desk.bus.drop(Orders.order("WO-0"));
            desk.awaitAcknowledged("WO-0");
            var filler = disk.fill();
            for (int i = 1; i < 4; i++) {
                desk.bus.drop(Orders.order("WO-" + i, "b.bin", Orders.inline(new byte[50_000])));
            }
            desk.await(InboxEvent.Trouble.class, told -> told.reason().contains("No space left on device"));
            Await.until("what was begun is gone", () -> desk.arriving().isEmpty());
            assertThat(desk.orders()).containsExactly("WO-0");
            assertThat(desk.receipts()).isEmpty();

            Files.delete(filler);

            Await.until("all are acknowledged", () -> desk.bus.acknowledged() == 4);
            desk.await(InboxEvent.Over.class);
            assertThat(desk.told(InboxEvent.Trouble.class)).hasSize(1);
            assertThat(desk.orders()).hasSize(4);
            assertThat(Tools.sha256sum(desk.inbox.resolve("WO-3")).status()).isZero();
        }
    }

    @Test
    void an_inbox_without_the_right_to_write_is_told_and_received_once_there_is_one() throws Exception {
        try (var desk = new Desk(Files.createDirectory(folder.resolve("CLC")))) {
            new Ground(desk.inbox).make();
            // Root may write everywhere but into what is immutable.
            assumeTrue(
                    Tools.works("chattr", "+i", desk.inbox.resolve(".arriving").toString()), "chattr works here");
            try {
                desk.start();
                desk.bus.drop(Orders.order("WO-1"));
                desk.await(InboxEvent.Trouble.class, told -> told.reason().contains(".arriving"));
                assertThat(desk.orders()).isEmpty();
            } finally {
                assertThat(Tools.works(
                                "chattr", "-i", desk.inbox.resolve(".arriving").toString()))
                        .isTrue();
            }

            desk.awaitAcknowledged("WO-1");
        }
    }

    @Test
    void an_inbox_that_is_a_file_is_told() throws Exception {
        try (var desk = new Desk(Files.createFile(folder.resolve("CLC")))) {
            desk.start();

            desk.await(InboxEvent.Trouble.class, told -> told.reason().contains("CLC"));
        }
    }

    @Test
    void a_spool_on_another_file_system_is_copied_from() throws Exception {
        try (var disk = SmallDisk.mount(folder, 2_048);
                var desk = new Desk(folder.resolve("CLC"))) {
            var spooled = Files.write(disk.folder().resolve("x.body"), new byte[500_000]);
            desk.start();

            desk.bus.drop(Orders.order("WO-1", "b.bin", Orders.spooled(spooled)));

            desk.awaitAcknowledged("WO-1");
            assertThat(Tools.sha256sum(desk.inbox.resolve("WO-1")).status()).isZero();
        }
    }

    @Test
    @Tag("long")
    void a_body_of_a_gigabyte_is_dropped_delivered_and_checked_in_constant_memory() throws Exception {
        var size = 1_000_000_000L;
        assumeTrue(folder.toFile().getUsableSpace() > 3 * size, "there is room for a gigabyte");
        try (var desk = new Desk(folder.resolve("CLC"))) {
            desk.start();
            var id = Large.drop(desk.bus, folder.resolve("spool"), size);

            Await.until(
                    "it is acknowledged", () -> !desk.bus.acknowledgements(id).isEmpty());

            assertThat(desk.inbox.resolve(id).resolve("body")).hasSize(size);
            InboxCheck.check(
                    desk.inbox,
                    _ -> Optional.empty(),
                    verdict -> assertThat(verdict.isSound()).isTrue());
        }
    }
}
