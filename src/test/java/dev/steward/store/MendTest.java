package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does to the file of a daemon that lives. */
class MendTest {
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("state.db");
    }

    private Store opened() throws StoreException {
        return Store.open(file, CLOCK).store();
    }

    private void delete(String suffix) throws IOException {
        Files.deleteIfExists(home.resolve("state.db" + suffix));
    }

    private static List<TransitionRow> readAnew(Path file) throws StoreException {
        try (var reader = Store.openReadOnly(file)) {
            return reader.history("a", 1000);
        }
    }

    @Test
    void a_file_that_is_there_needs_nothing() throws Exception {
        try (var store = opened()) {
            assertThat(store.mend()).isEmpty();
            assertThat(store.trouble()).isEmpty();
        }
    }

    @Test
    void a_deleted_file_is_made_anew_with_all_that_was_in_it() throws Exception {
        try (var store = opened()) {
            store.write(
                    new Batch(List.of(Samples.fullAgent("a")), List.of(), Samples.transitions("a", 0, 10), List.of()));
            var before = store.history("a", 100);
            delete("");

            var done = store.mend();

            assertThat(store.trouble()).isEmpty();
            assertThat(done).hasValueSatisfying(told -> assertThat(told).contains("deleted"));

            assertThat(store.agents()).containsExactly(Samples.fullAgent("a"));
            store.write(Samples.of(Samples.transitions("a", 10, 15)));
            assertThat(store.history("a", 100))
                    .startsWith(before.toArray(TransitionRow[]::new))
                    .hasSize(15);
            assertThat(readAnew(file)).hasSize(15);
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(store.mend()).isEmpty();
        }
        try (var next = opened()) {
            assertThat(next.history("a", 100)).hasSize(15);
        }
    }

    @Test
    void so_is_one_that_was_deleted_with_its_log() throws Exception {
        try (var store = opened()) {
            store.write(Samples.of(Samples.transitions("a", 0, 10)));
            for (var suffix : List.of("", "-wal", "-shm")) {
                delete(suffix);
            }
            assertThat(store.mend()).isPresent();
            assertThat(readAnew(file)).hasSize(10);
        }
    }

    @Test
    void one_that_was_put_in_its_place_is_kept_beside() throws Exception {
        try (var store = opened()) {
            store.write(Samples.of(Samples.transitions("a", 0, 3)));
        }
        var older = Files.copy(file, home.resolve("older"));
        try (var store = opened()) {
            store.write(Samples.of(Samples.transitions("a", 3, 7)));
            Files.move(older, file, StandardCopyOption.REPLACE_EXISTING);

            assertThat(store.mend()).hasValueSatisfying(told -> assertThat(told).contains("state.db.replaced-"));

            assertThat(readAnew(file)).hasSize(7);
        }
        try (var files = Files.list(home)) {
            var kept = files.filter(each -> each.toString().matches(".*\\.replaced-[0-9-]+"));
            assertThat(kept)
                    .singleElement()
                    .satisfies(each -> assertThat(readAnew(each)).hasSize(3));
        }
    }

    @Test
    void where_it_cannot_be_made_anew_that_is_said_and_nothing_is_forgotten() throws Exception {
        var folder = Files.createDirectory(home.resolve("gone"));
        file = folder.resolve("state.db");
        try (var store = opened()) {
            store.write(Samples.of(Samples.transitions("a", 0, 3)));
            var elsewhere = Files.move(folder, home.resolve("elsewhere"));

            assertThat(store.mend()).isEmpty();
            assertThat(store.trouble())
                    .hasValueSatisfying(told -> assertThat(told).contains("gone/state.db"));
            assertThat(store.history("a", 10)).hasSize(3);

            Files.move(elsewhere, folder);
            assertThat(store.mend()).isEmpty();
            assertThat(store.trouble()).isEmpty();
        }
    }

    @Test
    void what_was_kept_in_memory_joins_what_the_file_holds_once_there_is_room() throws Exception {
        try (var disk = SmallDisk.mount(home, 1_024)) {
            file = disk.folder().resolve("state.db");
            try (var store = opened()) {
                store.write(Samples.of(Samples.transitions("a", 0, 5)));
            }
            var filler = disk.fill();
            try (var store = Store.withoutFile(file, CLOCK, "it is full")) {
                store.write(new Batch(
                        List.of(Samples.agent("a")),
                        List.of(),
                        Samples.transitions("a", 5, 7),
                        List.of(new IncidentChange.Open("a", "crash-loop", "again and again", NOON))));
                assertThat(store.mend()).isEmpty();
                assertThat(store.trouble())
                        .hasValueSatisfying(told -> assertThat(told).contains("state.db"));

                Files.delete(filler);
                assertThat(store.mend()).isPresent();
                assertThat(store.trouble()).isEmpty();
            }
            try (var next = opened()) {
                assertThat(next.history("a", 100)).hasSize(7);
                assertThat(next.agents()).containsExactly(Samples.agent("a"));
                assertThat(next.incidents(true, 10))
                        .extracting(IncidentRow::cause)
                        .containsExactly("crash-loop");
            }
        }
    }

    @Test
    void old_incidents_are_forgotten_once_they_are_resolved() throws Exception {
        var changes = new ArrayList<IncidentChange>(List.of(new IncidentChange.Open("a", "open", "", NOON)));
        for (var i = 0; i < 10_100; i++) {
            changes.add(new IncidentChange.Open("a", "loop", "", NOON));
            changes.add(new IncidentChange.Resolve("a", "loop", NOON));
        }
        try (var store = opened()) {
            store.write(new Batch(List.of(), List.of(), List.of(), changes));
            var kept = store.incidents(false, 20_000);
            assertThat(kept).hasSize(10_001);
            assertThat(kept.getLast())
                    .extracting(IncidentRow::cause, IncidentRow::resolved)
                    .containsExactly("open", Optional.empty());
        }
    }
}
