package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.testing.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that something else than Steward puts into the inbox. */
class LookoutTest {
    @TempDir
    Path folder;

    private Desk desk;

    @BeforeEach
    void open() throws Exception {
        desk = new Desk(folder.resolve("CLC"), Duration.ofSeconds(30), Duration.ofMillis(300));
        Files.createDirectories(desk.inbox);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void a_whole_one_that_lay_there_before_becomes_known_with_what_its_envelope_says() throws Exception {
        Orders.byHand(desk.inbox, "WO-251112-014650-auto", "do it");

        desk.start();

        desk.awaitAcknowledged("WO-251112-014650-auto");
        assertThat(desk.bus.found()).singleElement().satisfies(found -> {
            assertThat(found.heading())
                    .isEqualTo(new Heading(
                            "WO-251112-014650-auto",
                            "CLC",
                            "GG",
                            "P1",
                            "By hand",
                            "old,script",
                            Instant.parse("2025-10-29T22:29:04Z")));
            assertThat(found.bodySize()).isEqualTo(5);
            assertThat(found.hashes().body()).isEqualTo(Sha256.of("do it".getBytes(StandardCharsets.UTF_8)));
        });
        desk.await(InboxEvent.PickedUp.class);
    }

    @Test
    void one_that_comes_later_is_picked_up_when_its_last_file_is_whole() throws Exception {
        desk.start();
        desk.await(InboxEvent.Holding.class);

        var order = Orders.byHand(folder.resolve("elsewhere"), "WO-1", "do it");
        var place = Files.createDirectory(desk.inbox.resolve("WO-1"));
        Files.copy(order.resolve("WO-1.yaml"), place.resolve("WO-1.yaml"));
        Files.copy(order.resolve("task.md"), place.resolve("task.md"));
        desk.await(InboxEvent.HalfWritten.class, told -> told.reason().contains("evidence/manifest.json"));
        assertThat(desk.bus.acknowledgements("WO-1")).isEmpty();
        Files.createDirectory(place.resolve("evidence"));
        for (var file : new String[] {"evidence/manifest.json", "evidence/checksums.sha256"}) {
            Files.copy(order.resolve(file), place.resolve(file));
        }

        desk.awaitAcknowledged("WO-1");
        assertThat(desk.told(InboxEvent.HalfWritten.class)).hasSize(1);
    }

    @Test
    void one_that_the_bus_refuses_is_told_as_a_problem_of_that_folder_and_others_go_on() throws Exception {
        Orders.byHand(desk.inbox, "WO-1", "do it");
        desk.start();
        desk.awaitAcknowledged("WO-1");

        var alike = Orders.byHand(desk.inbox, "wo-1", "do it");
        desk.await(
                InboxEvent.Refused.class,
                told -> told.folder().equals(alike) && told.reason().equals("wo-1 is known in other letters"));
        Orders.byHand(desk.inbox, "WO-2", "do it");
        desk.awaitAcknowledged("WO-2");
        try (var files = Files.list(alike)) {
            files.forEach(file -> assertThat(file).exists());
        }
        assertThat(desk.told(InboxEvent.Refused.class)).hasSize(1);
        assertThat(desk.told(InboxEvent.Trouble.class)).isEmpty();

        Files.move(alike, folder.resolve("elsewhere"));
        desk.await(InboxEvent.Gone.class, told -> told.folder().equals(alike));
    }

    @Test
    void one_at_which_steward_stumbles_is_told_and_the_others_are_picked_up() throws Exception {
        for (var id : List.of("WO-1", "WO-2", "WO-3")) {
            Orders.byHand(desk.inbox, id, "do it");
        }
        desk.bus.stumbleAt("WO-2");

        desk.start();

        desk.awaitAcknowledged("WO-1");
        desk.awaitAcknowledged("WO-3");
        desk.await(
                InboxEvent.HalfWritten.class,
                told -> told.folder().endsWith("WO-2") && told.reason().contains("stumbled at WO-2"));
        assertThat(desk.told(InboxEvent.Trouble.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+999999999-01-01T00:00:00+00:00", "-999999999-01-01T00:00:00+00:00", "1677-09-21T00:12:43.5Z"})
    void one_of_a_time_that_never_was_is_taken_to_be_as_old_as_its_envelope(String time) throws Exception {
        var place = Orders.byHand(desk.inbox, "WO-1", "do it", time);
        var written = Instant.parse("2025-10-29T22:29:00Z");
        Files.setLastModifiedTime(place.resolve("WO-1.yaml"), FileTime.from(written));

        desk.start();

        desk.awaitAcknowledged("WO-1");
        assertThat(desk.bus.found())
                .singleElement()
                .satisfies(found -> assertThat(found.heading().created()).isEqualTo(written));
    }

    @Test
    void one_of_no_time_at_all_is_taken_to_be_new() throws Exception {
        var place = Orders.byHand(desk.inbox, "WO-1", "do it", "never");
        Files.setLastModifiedTime(place.resolve("WO-1.yaml"), FileTime.from(Instant.parse("1960-01-01T00:00:00Z")));

        desk.start();

        desk.awaitAcknowledged("WO-1");
        assertThat(desk.bus.found())
                .singleElement()
                .satisfies(found -> assertThat(found.heading().created()).isEqualTo(Desk.NOW));
    }

    @Test
    void one_whose_body_is_still_being_copied_is_left_alone_until_it_is_whole() throws Exception {
        var place = Orders.byHand(desk.inbox, "WO-1", "a long body");
        Files.writeString(place.resolve("task.md"), "a lo");
        desk.start();

        desk.await(
                InboxEvent.HalfWritten.class, told -> told.reason().contains("task.md isn't what its checksum says"));
        Files.writeString(place.resolve("task.md"), "a long body");

        desk.awaitAcknowledged("WO-1");
    }

    @Test
    void one_whose_checksum_stays_wrong_is_reported_once_and_stays_where_it_is() throws Exception {
        var place = Orders.byHand(desk.inbox, "WO-1", "do it");
        Files.writeString(place.resolve("task.md"), "do IT");
        desk.start();

        desk.await(InboxEvent.HalfWritten.class);
        Orders.byHand(desk.inbox, "WO-2", "do it");
        desk.awaitAcknowledged("WO-2");

        assertThat(desk.told(InboxEvent.HalfWritten.class)).hasSize(1);
        assertThat(place.resolve("task.md")).hasContent("do IT");
        assertThat(desk.bus.quarantined()).isEmpty();
        assertThat(desk.bus.acknowledgements("WO-1")).isEmpty();
    }

    @Test
    void one_that_was_reported_and_is_removed_is_told_to_be_gone() throws Exception {
        var place = Orders.byHand(desk.inbox, "WO-1", "do it");
        Files.delete(place.resolve("task.md"));
        desk.start();
        desk.await(InboxEvent.HalfWritten.class);

        Disk.delete(place);

        desk.await(InboxEvent.Gone.class, told -> told.folder().equals(place));
    }

    @Test
    void one_that_says_little_is_taken_with_what_stands_in_for_it() throws Exception {
        var place = Files.createDirectories(desk.inbox.resolve("WO-1"));
        var envelope = "schema: AI-OP-001/WO/v1\n";
        Files.writeString(place.resolve("WO-1.yaml"), envelope);
        Files.writeString(place.resolve("task.md"), "x");
        Orders.evidence(place, envelope, "x");

        desk.start();

        desk.awaitAcknowledged("WO-1");
        assertThat(desk.bus.found().getFirst().heading())
                .isEqualTo(new Heading("WO-1", "CLC", "GG", "P1", "WO-1", "", Instant.parse("2025-10-29T22:29:04Z")));
    }

    @Test
    void links_files_fifos_and_folders_of_other_kinds_are_told_and_left_alone() throws Exception {
        var outside = Orders.byHand(folder.resolve("outside"), "WO-link", "x");
        Files.createSymbolicLink(desk.inbox.resolve("WO-link"), outside);
        Files.writeString(desk.inbox.resolve("README.md"), "x");
        Tools.run(desk.inbox, new byte[0], "mkfifo", "WO-fifo");
        Files.createDirectory(desk.inbox.resolve("archive"));
        Files.createDirectory(desk.inbox.resolve("-rf"));
        Files.createDirectory(desk.inbox.resolve(".hidden"));
        desk.start();

        for (var name : new String[] {"WO-link", "README.md", "WO-fifo", "archive", "-rf"}) {
            desk.await(InboxEvent.LeftAlone.class, told -> told.entry().equals(desk.inbox.resolve(name)));
        }
        assertThat(desk.told(InboxEvent.LeftAlone.class)).hasSize(5);
        assertThat(desk.bus.acknowledged()).isZero();
        assertThat(desk.orders()).contains("WO-link", "README.md", "WO-fifo", "archive", "-rf");
    }

    @Test
    void a_fifo_or_a_link_inside_of_one_is_never_opened() throws Exception {
        var place = Orders.byHand(desk.inbox, "WO-1", "x");
        Files.delete(place.resolve("task.md"));
        Tools.run(place, new byte[0], "mkfifo", "task.md");
        var linked = Orders.byHand(desk.inbox, "WO-2", "x");
        Files.move(linked.resolve("evidence"), folder.resolve("evidence"));
        Files.createSymbolicLink(linked.resolve("evidence"), folder.resolve("evidence"));
        desk.start();

        desk.await(InboxEvent.HalfWritten.class, told -> told.reason().contains("task.md is not a regular file"));
        desk.await(InboxEvent.HalfWritten.class, told -> told.reason().contains("lies in what is no folder"));
        assertThat(desk.bus.acknowledged()).isZero();
    }

    @Test
    void an_envelope_of_another_order_makes_none() throws Exception {
        var place = Orders.byHand(desk.inbox, "WO-1", "x");
        Files.move(place, desk.inbox.resolve("WO-2"));
        Files.move(desk.inbox.resolve("WO-2/WO-1.yaml"), desk.inbox.resolve("WO-2/WO-2.yaml"));
        desk.start();

        desk.await(InboxEvent.HalfWritten.class, told -> told.folder().endsWith("WO-2"));
        assertThat(desk.bus.acknowledged()).isZero();
    }

    @Test
    void one_that_the_bus_knows_is_not_even_read() throws Exception {
        desk.bus.drop(Orders.order("WO-1"));
        var first = desk.start();
        desk.awaitAcknowledged("WO-1");
        first.close();
        Files.writeString(desk.inbox.resolve("WO-1/wo_test.yaml"), "changed by its reader");

        desk.start();
        Orders.byHand(desk.inbox, "WO-2", "x");
        desk.awaitAcknowledged("WO-2");

        assertThat(desk.told(InboxEvent.HalfWritten.class)).isEmpty();
        assertThat(desk.bus.found()).hasSize(1);
    }

    @Test
    void one_waits_until_the_bus_is_back() throws Exception {
        desk.bus.fail(BusException.Kind.UNAVAILABLE, "away");
        desk.start();
        desk.await(InboxEvent.Trouble.class);
        Orders.byHand(desk.inbox, "WO-1", "x");

        desk.bus.work();

        desk.awaitAcknowledged("WO-1");
    }

    @Test
    void delivered_orders_are_not_taken_for_found_ones() throws Exception {
        desk.start();
        for (int i = 0; i < 200; i++) {
            desk.bus.drop(Orders.order("WO-" + i));
        }

        Await.until(
                "all are delivered", () -> desk.told(InboxEvent.Delivered.class).size() == 200);

        assertThat(desk.bus.found()).isEmpty();
        assertThat(desk.told(InboxEvent.PickedUp.class)).isEmpty();
    }

    @Test
    void an_inbox_that_is_removed_and_made_again_is_watched_again() throws Exception {
        desk = new Desk(folder.resolve("CLC"), Duration.ofMillis(300), Duration.ofSeconds(60));
        desk.start();
        desk.bus.drop(Orders.order("WO-1"));
        desk.awaitAcknowledged("WO-1");
        Disk.delete(desk.inbox);

        desk.bus.drop(Orders.order("WO-2"));
        desk.awaitAcknowledged("WO-2");
        Orders.byHand(desk.inbox, "WO-3", "x");

        desk.awaitAcknowledged("WO-3");
    }
}
