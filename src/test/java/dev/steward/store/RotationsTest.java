package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.RotationChange.Meaning;
import dev.steward.store.RotationRow.Failing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store remembers of logs. */
class RotationsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);

    @TempDir
    Path home;

    private Store opened() throws StoreException {
        return Store.open(home.resolve("state.db"), CLOCK).store();
    }

    private static Batch batch(RotationChange... changes) {
        return Batch.ofRotations(List.of(changes));
    }

    private static RotationChange change(String path, Meaning meaning, int seconds) {
        return Samples.change(path, meaning, 1_000, NOON.plusSeconds(seconds));
    }

    @Test
    void rows_come_back_as_they_were_written_by_path() throws StoreException {
        var bare = new RotationChange(
                "/b\n\u0001é.log",
                Meaning.FAILED,
                new RotationRow.Last(
                        "failed", Optional.empty(), 0, Optional.empty(), NOON, Duration.ofNanos(1), true, "disk full"));
        try (var store = opened()) {
            store.write(batch(bare, change("/a.log", Meaning.DONE, 0)));
        }
        try (var reader = Store.openReadOnly(home.resolve("state.db"))) {
            assertThat(reader.rotations())
                    .containsExactly(
                            new RotationRow(
                                    "/a.log",
                                    change("/a.log", Meaning.DONE, 0).last(),
                                    new RotationRow.Done(Optional.of(NOON), 1, 1_000),
                                    Optional.empty()),
                            new RotationRow(
                                    bare.path(),
                                    bare.last(),
                                    RotationRow.Done.NOTHING,
                                    Optional.of(new Failing(NOON, 1))));
        }
    }

    @Test
    void each_change_builds_on_those_before_it_in_the_same_batch_and_in_earlier_ones() throws StoreException {
        try (var store = opened()) {
            store.write(batch(change("/a.log", Meaning.DONE, 0), change("/a.log", Meaning.DONE, 1)));
            store.write(batch(change("/a.log", Meaning.FAILED, 2)));
            store.write(batch(change("/a.log", Meaning.FAILED, 3), change("/b.log", Meaning.NOT_NEEDED, 3)));

            var row = store.rotations().getFirst();

            assertThat(store.rotations()).hasSize(1);
            assertThat(row.done().rotations()).isEqualTo(2);
            assertThat(row.done().bytes()).isEqualTo(2_000);
            assertThat(row.failing()).contains(new Failing(NOON.plusSeconds(2), 2));
        }
    }

    @Test
    void what_was_gathered_while_the_disk_failed_is_added_to_what_was_known() throws Exception {
        try (var store = opened()) {
            store.write(batch(change("/a.log", Meaning.DONE, 0)));
        }
        try (var store = Store.withoutFile(home.resolve("state.db"), CLOCK, "the disk is full")) {
            store.write(batch(change("/a.log", Meaning.DONE, 5), change("/b.log", Meaning.FAILED, 6)));
            assertThat(store.mend()).isPresent();
            assertThat(store.rotations()).extracting(RotationRow::path).containsExactly("/a.log", "/b.log");
            assertThat(store.rotations().getFirst().done().rotations()).isEqualTo(2);
        }
    }

    @Test
    void a_log_that_is_gone_is_forgotten_after_90_days_and_one_that_is_there_is_not() throws Exception {
        var there = Files.createFile(home.resolve("there.log")).toString();
        var gone = home.resolve("gone.log").toString();
        try (var store = opened()) {
            store.write(batch(change(there, Meaning.DONE, 0), change(gone, Meaning.DONE, 0)));
        }
        var days = (int) Duration.ofDays(90).toSeconds();
        assertThat(pathsAfter(days)).contains(there, gone);
        assertThat(pathsAfter(days + 1)).contains(there).doesNotContain(gone);
    }

    @Test
    void a_command_adds_to_what_a_daemon_that_is_down_left() throws Exception {
        try (var store = opened()) {
            store.write(batch(change("/a.log", Meaning.DONE, 0)));
        }
        Store.addTo(home.resolve("state.db"), batch(change("/a.log", Meaning.DONE, 1)));
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(home.resolve("state.db"));
        }
        try (var store = opened()) {
            assertThat(store.rotations().getFirst().done().rotations()).isEqualTo(2);
        }
    }

    @Test
    void a_command_makes_no_database_and_mends_none() throws Exception {
        var file = home.resolve("state.db");
        assertFails(StoreException.Kind.MISSING);
        assertThat(file).doesNotExist();
        Files.writeString(file, "rubbish ".repeat(100));
        assertFails(StoreException.Kind.DAMAGED);
        assertThat(file).hasContent("rubbish ".repeat(100));
    }

    private void assertFails(StoreException.Kind kind) {
        assertThatThrownBy(() -> Store.addTo(home.resolve("state.db"), batch(change("/a.log", Meaning.DONE, 1))))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private List<String> pathsAfter(int seconds) throws StoreException {
        try (var store = opened()) {
            store.write(batch(change("/other.log", Meaning.DONE, seconds)));
            return store.rotations().stream().map(RotationRow::path).toList();
        }
    }
}
