package dev.steward.orders.archive;

import static dev.steward.bus.OrderState.ABANDONED;
import static dev.steward.bus.OrderState.DEAD;
import static dev.steward.bus.OrderState.DELIVERED;
import static dev.steward.bus.OrderState.DONE;
import static dev.steward.bus.OrderState.DROPPED;
import static dev.steward.bus.OrderState.FAILED;
import static dev.steward.bus.OrderState.WORKING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderState;
import dev.steward.config.OrderRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivingTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final OrderRules RULES = Cellar.rules(DAY, 1000, Duration.ofDays(30));

    @TempDir
    Path folder;

    private Cellar cellar;

    @BeforeEach
    void begin() throws IOException {
        cellar = new Cellar(folder);
    }

    @Test
    void an_order_that_came_to_its_end_moves_into_the_archive_when_its_time_has_come() throws Exception {
        for (var state : List.of(DONE, DEAD, ABANDONED)) {
            cellar.lay("WO-old-" + state, state, DAY);
            cellar.lay("WO-new-" + state, state, DAY.minusSeconds(1));
        }

        assertThat(cellar.pass(RULES)).isEmpty();

        for (var state : List.of(DONE, DEAD, ABANDONED)) {
            assertThat(cellar.archived("2025-10-29", "WO-old-" + state).resolve("evidence"))
                    .isDirectory();
            assertThat(cellar.inboxes.resolve("CLC").resolve("WO-new-" + state)).isDirectory();
            assertThat(cellar.knows("WO-old-" + state)).isTrue();
        }
    }

    @Test
    void an_order_without_an_end_stays() throws Exception {
        for (var state : List.of(DROPPED, DELIVERED, WORKING, FAILED)) {
            cellar.lay("WO-" + state, state, Duration.ofDays(1000));
        }

        cellar.pass(RULES);

        for (var state : List.of(DROPPED, DELIVERED, WORKING, FAILED)) {
            assertThat(cellar.inboxes.resolve("CLC").resolve("WO-" + state)).isDirectory();
            assertThat(cellar.knows("WO-" + state)).isTrue();
        }
    }

    @Test
    void what_is_no_known_order_of_the_inbox_is_left_alone() throws Exception {
        var stranger = Cellar.lay(cellar.inboxes.resolve("CLC"), "WO-unknown");
        cellar.know("WO-1", DONE, Duration.ofDays(2));
        var elsewhere = Cellar.lay(cellar.inboxes.resolve("OTHER"), "WO-1");
        cellar.know("WO-2", DONE, Duration.ofDays(2));
        var outside = Cellar.lay(folder, "WO-2");
        var link = Files.createSymbolicLink(cellar.inboxes.resolve("CLC").resolve("WO-2"), outside);
        cellar.know("WO-3", DONE, Duration.ofDays(2));
        var file = Files.writeString(cellar.inboxes.resolve("CLC").resolve("WO-3"), "a file");

        cellar.pass(RULES);

        assertThat(stranger).isDirectory();
        assertThat(elsewhere).isDirectory();
        assertThat(outside).isDirectory();
        assertThat(link).isSymbolicLink();
        assertThat(file).exists();
    }

    @Test
    void names_of_inboxes_compare_without_case() throws Exception {
        cellar.know("WO-1", DONE, Duration.ofDays(2));
        Cellar.lay(cellar.inboxes.resolve("Clc"), "WO-1");

        cellar.pass(RULES);

        assertThat(cellar.inboxes
                        .resolve(".archive")
                        .resolve("Clc")
                        .resolve("2025-10-28")
                        .resolve("WO-1"))
                .isDirectory();
    }

    @Test
    void an_archived_order_is_deleted_and_forgotten_when_its_time_has_come() throws Exception {
        cellar.lay("WO-old", DONE, Duration.ofDays(31));
        cellar.lay("WO-young", DONE, Duration.ofDays(29));
        cellar.lay("WO-today-late", DONE, Duration.ofDays(30).minus(HOUR));
        cellar.lay("WO-today-early", DONE, Duration.ofDays(30).plus(HOUR));

        cellar.pass(RULES);

        assertThat(cellar.archived("2025-09-29", "WO-old")).doesNotExist();
        assertThat(cellar.archived("2025-09-29", "")).doesNotExist();
        assertThat(cellar.knows("WO-old")).isFalse();
        assertThat(cellar.archived("2025-10-01", "WO-young")).isDirectory();
        assertThat(cellar.archived("2025-09-30", "WO-today-late")).isDirectory();
        assertThat(cellar.archived("2025-09-30", "WO-today-early")).doesNotExist();
        assertThat(cellar.knows("WO-today-early")).isFalse();
    }

    @Test
    void of_more_orders_than_are_kept_the_oldest_go() throws Exception {
        for (var i = 0; i < 10; i++) {
            cellar.lay("WO-" + i, DONE, Duration.ofHours(24 + 5 * i));
        }

        cellar.pass(Cellar.rules(DAY, 4, Duration.ofDays(30)));

        for (var i = 0; i < 10; i++) {
            assertThat(cellar.knows("WO-" + i)).as("order " + i).isEqualTo(i < 4);
        }
        try (var all = Files.walk(cellar.inboxes.resolve(".archive"))) {
            assertThat(all.filter(each -> each.getFileName().toString().startsWith("WO-") && Files.isDirectory(each)))
                    .hasSize(4);
        }
    }

    @Test
    void of_a_day_on_which_very_many_ended_the_oldest_go_pass_by_pass() throws Exception {
        for (var i = 0; i < 5_300; i++) {
            cellar.know("WO-" + i, DONE, DAY.plusMillis(i));
            Files.createDirectories(cellar.archived("2025-10-29", "WO-" + i));
        }
        var rules = Cellar.rules(DAY, 100, Duration.ofDays(30));

        cellar.pass(rules);
        assertThat(cellar.knows("WO-300")).isFalse();
        assertThat(cellar.knows("WO-299")).isTrue();
        cellar.pass(rules);
        assertThat(cellar.knows("WO-100")).isFalse();
        assertThat(cellar.knows("WO-99")).isTrue();
    }

    @Test
    void nothing_is_kept_if_nothing_is_to_be_kept() throws Exception {
        cellar.lay("WO-1", DONE, DAY);
        cellar.lay("WO-2", DEAD, DAY);

        cellar.pass(Cellar.rules(Duration.ZERO, 0, Duration.ofDays(30)));

        assertThat(cellar.knows("WO-1")).isFalse();
        assertThat(cellar.inboxes.resolve("CLC")).isEmptyDirectory();
        assertThat(cellar.inboxes.resolve(".archive").resolve("CLC")).isEmptyDirectory();
    }

    @Test
    void what_is_no_orders_folder_is_never_deleted() throws Exception {
        var other = cellar.archived("2020-01-01", "papers");
        Files.createDirectories(other);
        Files.writeString(other.resolve("paper"), "not an order");
        var precious = Files.writeString(
                Files.createDirectories(folder.resolve("precious")).resolve("file"), "mine");
        Files.createSymbolicLink(cellar.archived("2020-01-01", "WO-link"), precious.getParent());
        Files.createSymbolicLink(cellar.inboxes.resolve(".archive").resolve("ALIAS"), folder.resolve("precious"));

        var problems = cellar.pass(RULES);

        assertThat(other.resolve("paper")).exists();
        assertThat(precious).exists();
        assertThat(problems).hasSize(2).allMatch(problem -> problem.contains("no order's folder"));
    }

    @Test
    void links_within_an_orders_folder_are_not_followed() throws Exception {
        var precious = Files.writeString(
                Files.createDirectories(folder.resolve("precious")).resolve("file"), "mine");
        var order = cellar.lay("WO-1", DONE, Duration.ofDays(40));
        Files.createSymbolicLink(order.resolve("link"), precious.getParent());
        Files.createSymbolicLink(order.resolve("evidence").resolve("file"), precious);
        Files.createDirectories(order.resolve("made").resolve("by").resolve("a handler"));

        assertThat(cellar.pass(RULES)).isEmpty();

        assertThat(cellar.knows("WO-1")).isFalse();
        assertThat(cellar.archived("2025-09-20", "WO-1")).doesNotExist();
        assertThat(precious).hasContent("mine");
    }

    @Test
    void a_deletion_that_was_cut_off_is_finished() throws Exception {
        cellar.know("WO-empty", DONE, Duration.ofDays(40));
        Files.createDirectories(cellar.archived("2025-09-20", "WO-empty"));
        cellar.know("WO-half", DONE, Duration.ofDays(40));
        var half = Files.createDirectories(cellar.archived("2025-09-20", "WO-half"));
        Files.writeString(half.resolve("WO-half.yaml"), "its envelope goes last");

        assertThat(cellar.pass(RULES)).isEmpty();

        assertThat(cellar.archived("2025-09-20", "")).doesNotExist();
        assertThat(cellar.knows("WO-empty")).isFalse();
        assertThat(cellar.knows("WO-half")).isFalse();
    }

    @Test
    void an_order_that_somebody_asked_for_again_is_not_deleted() throws Exception {
        cellar.know("WO-1", DELIVERED, Duration.ofDays(40));
        var kept = Cellar.lay(cellar.archived("2025-09-20", ""), "WO-1");

        cellar.pass(RULES);

        assertThat(kept).isDirectory();
        Files.createDirectories(cellar.inboxes.resolve("CLC"));
        assertThat(Archive.restore(cellar.inboxes.resolve("CLC"), "WO-1")).isTrue();
        assertThat(cellar.inboxes.resolve("CLC").resolve("WO-1").resolve("body.txt"))
                .exists();
        assertThat(Archive.restore(cellar.inboxes.resolve("CLC"), "WO-1")).isFalse();
    }

    @Test
    void orders_without_a_folder_here_are_forgotten_in_their_time() throws Exception {
        cellar.know("WO-elsewhere", DONE, Duration.ofDays(31));
        cellar.know("WO-cancelled", DEAD, Duration.ofDays(29));
        cellar.know("WO-on-its-way", DROPPED, Duration.ofDays(31));

        cellar.pass(RULES);

        assertThat(cellar.knows("WO-elsewhere")).isFalse();
        assertThat(cellar.knows("WO-cancelled")).isTrue();
        assertThat(cellar.knows("WO-on-its-way")).isTrue();
    }

    @Test
    void an_order_that_cannot_be_moved_is_told_of_and_never_forgotten() throws Exception {
        cellar.lay("WO-1", DONE, Duration.ofDays(31));
        Files.writeString(cellar.inboxes.resolve(".archive"), "a file where a folder should be");

        var problems = cellar.pass(RULES);

        assertThat(problems).isNotEmpty().allMatch(problem -> problem.contains(".archive") || problem.contains("WO-1"));
        assertThat(cellar.knows("WO-1")).isTrue();
        assertThat(cellar.inboxes.resolve("CLC").resolve("WO-1")).isDirectory();
    }

    @Test
    void stale_orders_are_given_up_only_by_a_rule() throws Exception {
        for (var state : OrderState.values()) {
            cellar.know("WO-old-" + state, state, Duration.ofDays(8));
            cellar.know("WO-new-" + state, state, Duration.ofDays(6));
        }

        cellar.pass(RULES);
        assertThat(cellar.ledger.changes()).isEmpty();
        cellar.pass(Cellar.abandoning(Duration.ofDays(7)));

        assertThat(cellar.ledger.changes())
                .containsExactlyInAnyOrder(
                        "WO-old-DROPPED abandoned", "WO-old-DELIVERED abandoned", "WO-old-FAILED abandoned");
        assertThat(cellar.ledger.order("WO-old-FAILED").orElseThrow().reason())
                .isEqualTo("unfinished for 7d (orders.abandon_after)");
    }

    @Test
    void files_of_the_spool_that_nobody_needs_are_removed() throws Exception {
        Files.createDirectories(cellar.spool);
        var old = Files.writeString(cellar.spool.resolve("old.body"), "left behind");
        Files.setLastModifiedTime(old, FileTime.from(Cellar.NOW.minus(HOUR).minusSeconds(1)));
        var young = Files.writeString(cellar.spool.resolve("young.body"), "being dropped");
        Files.setLastModifiedTime(young, FileTime.from(Cellar.NOW.minus(HOUR).plusSeconds(1)));

        cellar.pass(RULES);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void an_order_on_which_work_began_during_the_pass_is_not_given_up() throws Exception {
        cellar.know("WO-begun", DELIVERED, Duration.ofDays(8));
        cellar.know("WO-stale", DELIVERED, Duration.ofDays(8));
        var nanos = new AtomicLong();
        var begun = new AtomicBoolean();
        var pace = new Pace(() -> nanos.addAndGet(Duration.ofSeconds(1).toNanos()), _ -> {
            if (begun.compareAndSet(false, true)) {
                cellar.begin("WO-begun");
            }
        });

        cellar.pass(Cellar.abandoning(Duration.ofDays(7)), cellar.ledger, pace);

        assertThat(cellar.ledger.changes()).containsExactly("WO-stale abandoned", "WO-begun working");
    }
}
