package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    Path home;

    private Store store;

    @BeforeEach
    void open() throws StoreException {
        store = Store.open(home.resolve("state.db"), InstantSource.fixed(NOON)).store();
    }

    @AfterEach
    void close() throws StoreException {
        store.close();
    }

    @Test
    void agents_come_back_as_they_were_written_by_name() throws StoreException {
        store.write(Samples.agents(Samples.fullAgent("b"), Samples.agent("a")));
        assertThat(store.agents()).containsExactly(Samples.agent("a"), Samples.fullAgent("b"));
    }

    @Test
    void an_agent_written_again_takes_the_place_of_the_old_row() throws StoreException {
        store.write(Samples.agents(Samples.fullAgent("a")));
        store.write(Samples.agents(Samples.agent("a")));
        assertThat(store.agents()).containsExactly(Samples.agent("a"));
    }

    @Test
    void a_removed_agent_is_gone_and_its_transitions_stay() throws StoreException {
        store.write(new Batch(
                List.of(Samples.agent("a"), Samples.agent("b")), List.of(), Samples.transitions("a", 0, 2), List.of()));
        store.write(new Batch(List.of(), List.of("a", "never there"), List.of(), List.of()));
        assertThat(store.agents()).containsExactly(Samples.agent("b"));
        assertThat(store.history("a", 10)).hasSize(2);
    }

    @Test
    void removal_is_the_last_word_on_an_agent_that_is_also_put() throws StoreException {
        store.write(new Batch(List.of(Samples.agent("a")), List.of("a"), List.of(), List.of()));
        assertThat(store.agents()).isEmpty();
    }

    @Test
    void transitions_come_back_with_a_number_and_all_their_fields() throws StoreException {
        var bare = new TransitionRow(
                0, "a", "stopped", "starting", "", Optional.empty(), OptionalLong.empty(), Instant.EPOCH, -5, "b");
        store.write(Samples.of(List.of(Samples.transition("a", 7), bare)));
        List<TransitionRow> rows = store.history("a", 10);
        assertThat(rows).extracting(TransitionRow::seq).containsExactly(1L, 2L);
        assertThat(rows)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("seq")
                .containsExactly(Samples.transition("a", 7), bare);
    }

    @Test
    void the_last_number_is_that_of_the_last_transition_of_any_agent() throws Exception {
        assertThat(store.lastSeq()).isZero();
        store.write(Samples.of(Samples.transitions("a", 0, 3)));
        store.write(Samples.of(Samples.transitions("b", 0, 2)));
        assertThat(store.lastSeq()).isEqualTo(5);
        try (var reader = Store.openReadOnly(home.resolve("state.db"))) {
            assertThat(reader.lastSeq()).isEqualTo(5);
        }
    }

    @Test
    void history_gives_the_last_ones_of_an_agent_oldest_first() throws StoreException {
        for (int i = 0; i < 5; i++) {
            store.write(Samples.of(List.of(Samples.transition("a", i), Samples.transition("b", i))));
        }
        assertThat(Samples.reasons(store.history("a", 2))).containsExactly("number 3", "number 4");
        assertThat(store.history("a", 0)).isEmpty();
        assertThat(store.history("nobody", 2)).isEmpty();
    }

    @Test
    void a_follower_gets_what_came_after_the_last_it_saw() throws StoreException {
        store.write(Samples.of(Samples.transitions("a", 0, 5)));
        assertThat(Samples.reasons(store.transitionsAfter(0, 2))).containsExactly("number 0", "number 1");
        assertThat(Samples.reasons(store.transitionsAfter(2, 10))).containsExactly("number 2", "number 3", "number 4");
        assertThat(store.transitionsAfter(5, 10)).isEmpty();
    }

    @Test
    void a_negative_limit_is_refused() {
        assertThatThrownBy(() -> store.history("a", -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.transitionsAfter(0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.incidents(true, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_incident_that_is_seen_again_is_counted_and_not_opened_twice() throws StoreException {
        store.write(Samples.of(new IncidentChange.Open("cls", "crash-loop", "5 in 60 s", NOON)));
        store.write(Samples.of(new IncidentChange.Open("cls", "crash-loop", "9 in 60 s", NOON.plusSeconds(5))));
        assertThat(store.incidents(true, 10))
                .containsExactly(new IncidentRow(
                        1, "cls", "crash-loop", "9 in 60 s", NOON, NOON.plusSeconds(5), Optional.empty(), 2));
    }

    @Test
    void a_resolved_incident_is_closed_and_the_next_one_is_new() throws StoreException {
        store.write(Samples.of(
                new IncidentChange.Open("cls", "crash-loop", "one", NOON),
                new IncidentChange.Open("cls", "disk", "other", NOON),
                new IncidentChange.Resolve("cls", "crash-loop", NOON.plusSeconds(9)),
                new IncidentChange.Resolve("cls", "never-open", NOON),
                new IncidentChange.Open("cls", "crash-loop", "two", NOON.plusSeconds(10))));
        assertThat(store.incidents(true, 10)).extracting(IncidentRow::detail).containsExactly("two", "other");
        assertThat(store.incidents(false, 10)).extracting(IncidentRow::detail).containsExactly("two", "other", "one");
        assertThat(store.incidents(false, 10).getLast().resolved()).contains(NOON.plusSeconds(9));
        assertThat(store.incidents(false, 1)).hasSize(1);
    }

    @Test
    void a_batch_is_written_whole_or_not_at_all() throws StoreException {
        var impossible = new IncidentChange.Open("cls", "disk", "a time that does not fit", Instant.MAX);
        var batch =
                new Batch(List.of(Samples.agent("a")), List.of(), Samples.transitions("a", 0, 3), List.of(impossible));
        assertThatThrownBy(() -> store.write(batch)).isInstanceOf(ArithmeticException.class);
        assertThat(store.agents()).isEmpty();
        assertThat(store.transitionsAfter(0, 10)).isEmpty();

        store.write(Samples.agents(Samples.agent("b")));
        assertThat(store.agents()).containsExactly(Samples.agent("b"));
    }

    @Test
    void what_was_written_is_there_when_it_is_opened_again() throws StoreException {
        store.write(new Batch(List.of(Samples.fullAgent("a")), List.of(), Samples.transitions("a", 0, 3), List.of()));
        store.close();
        Store.Opened again = Store.open(home.resolve("state.db"), InstantSource.fixed(NOON));
        store = again.store();
        assertThat(again.corruptKeptAside()).isEmpty();
        assertThat(store.agents()).containsExactly(Samples.fullAgent("a"));
        assertThat(store.history("a", 10)).hasSize(3);
        store.write(Samples.of(Samples.transitions("a", 3, 4)));
        assertThat(store.history("a", 10).getLast().seq()).isEqualTo(4);
    }

    @Test
    void the_last_transitions_are_kept_and_older_ones_pruned() throws StoreException {
        store.close();
        store = Store.open(home.resolve("state.db"), InstantSource.fixed(NOON), 2_000)
                .store();
        for (int i = 0; i < 5_000; i += 100) {
            store.write(Samples.of(Samples.transitions("a", i, i + 100)));
            assertThat(store.transitionsAfter(0, 10_000)).hasSizeLessThanOrEqualTo(3_000);
        }
        assertThat(store.transitionsAfter(0, 10_000)).hasSizeGreaterThanOrEqualTo(2_000);
        assertThat(store.history("a", 1).getFirst().seq()).isEqualTo(5_000);
    }

    @Test
    void only_the_owner_may_read_the_files() throws Exception {
        store.write(Samples.agents(Samples.agent("a")));
        try (var files = Files.list(home)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                            .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void a_file_that_others_could_read_is_closed_to_them() throws Exception {
        store.close();
        Path file = home.resolve("state.db");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        open();
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void readers_on_other_threads_see_whole_batches_only() throws Exception {
        Callable<Boolean> reader = () -> {
            for (int i = 0; i < 200; i++) {
                if (store.transitionsAfter(0, 10_000).size() % 10 != 0) {
                    return false;
                }
            }
            return true;
        };
        try (var threads = Executors.newFixedThreadPool(2)) {
            var first = threads.submit(reader);
            var second = threads.submit(reader);
            for (int i = 0; i < 100; i++) {
                store.write(Samples.of(Samples.transitions("a", 0, 10)));
            }
            assertThat(first.get()).isTrue();
            assertThat(second.get()).isTrue();
        }
    }

    @Test
    void a_thousand_transitions_are_written_in_well_under_50_ms() throws StoreException {
        List<TransitionRow> rows = Samples.transitions("a", 0, 1_000);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = System.nanoTime();
            store.write(Samples.of(rows));
            best = Math.min(best, System.nanoTime() - before);
        }
        assertThat(best / 1_000_000.0).as("milliseconds of the best of 20").isLessThan(50);
    }
}
