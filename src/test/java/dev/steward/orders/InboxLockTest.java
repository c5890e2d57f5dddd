package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import dev.steward.testing.Child;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxLockTest {
    @TempDir
    Path folder;

    @Test
    void it_is_free_at_once_when_the_process_that_held_it_is_killed() throws Exception {
        var inbox = folder.resolve("CLC");
        KilledBus.prepare(folder);
        try (var desk = new Desk(inbox)) {
            try (var child = Child.start(ReceiverChild.class, List.of(), folder.toString())) {
                assertThat(child.line()).startsWith("Holding");
                desk.start();
                desk.await(InboxEvent.Waiting.class);
                assertThat(desk.told(InboxEvent.Holding.class)).isEmpty();

                child.kill();
            }
            desk.await(InboxEvent.Holding.class);
        }
    }

    @Test
    void asking_for_it_once_more_in_the_process_that_holds_it_does_not_lose_it() throws Exception {
        KilledBus.prepare(folder);
        var inbox = Files.createDirectory(folder.resolve("CLC"));
        try (var held = InboxLock.take(inbox.resolve(".lock")).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(InboxLock.take(inbox.resolve(".lock"))).isEmpty();

            try (var child = Child.start(ReceiverChild.class, List.of(), folder.toString())) {
                assertThat(child.line()).startsWith("Waiting");
            }
        }
    }

    @Test
    void under_another_name_of_the_same_folder_it_is_the_same() throws Exception {
        var inbox = Files.createDirectory(folder.resolve("CLC"));
        Files.createSymbolicLink(folder.resolve("link"), inbox);
        try (var held = InboxLock.take(inbox.resolve(".lock")).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThat(InboxLock.take(folder.resolve("link/.lock"))).isEmpty();
        }
        Await.until(
                "it is free", () -> InboxLock.take(folder.resolve("link/.lock")).isPresent());
    }

    @Test
    void an_inbox_that_is_removed_while_it_is_received_gets_a_lock_of_its_own_again() throws Exception {
        var inbox = folder.resolve("CLC");
        KilledBus.prepare(folder);
        try (var desk = new Desk(inbox)) {
            desk.start();
            desk.await(InboxEvent.Holding.class);
            Disk.delete(inbox);

            desk.bus.drop(Orders.order("WO-1"));

            desk.awaitAcknowledged("WO-1");
            assertThat(desk.orders()).containsExactly("WO-1");
            try (var child = Child.start(ReceiverChild.class, List.of(), folder.toString())) {
                assertThat(child.line()).startsWith("Waiting");
            }
        }
    }

    @Test
    void a_receiver_whose_inbox_was_replaced_leaves_it_to_the_one_that_holds_it_now() throws Exception {
        var inbox = folder.resolve("CLC");
        KilledBus.prepare(folder);
        try (var desk = new Desk(inbox)) {
            desk.start();
            desk.await(InboxEvent.Holding.class);
            Files.move(inbox, folder.resolve("old"));
            try (var child = Child.start(ReceiverChild.class, List.of(), folder.toString())) {
                assertThat(child.line()).startsWith("Holding");

                desk.bus.drop(Orders.order("WO-1"));

                desk.await(InboxEvent.Waiting.class);
                assertThat(desk.orders()).isEmpty();
                assertThat(desk.bus.acknowledgements("WO-1")).isEmpty();
                child.kill();
            }
            desk.awaitAcknowledged("WO-1");
        }
    }
}
