package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.testing.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    @TempDir
    Path temporary;

    @Test
    void a_write_that_a_full_disk_refused_says_so_and_the_next_works_when_there_is_space() throws Exception {
        try (var disk = SmallDisk.mount(temporary, 1_024);
                Store store = Store.open(disk.folder().resolve("state.db"), InstantSource.fixed(NOON))
                        .store()) {
            store.write(Samples.of(Samples.transitions("a", 0, 10)));
            Path filler = disk.fill();
            var failure = catchThrowableOfType(
                    StoreException.class, () -> store.write(Samples.of(Samples.transitions("a", 10, 5_000))));
            assertThat(failure.kind()).isEqualTo(StoreException.Kind.FULL);
            assertThat(failure).hasMessageContaining("state.db").hasMessageContaining("full");
            assertThat(store.history("a", 10_000)).hasSize(10);

            Files.delete(filler);
            store.write(Samples.of(Samples.transitions("a", 10, 20)));
            assertThat(store.history("a", 10_000)).hasSize(20);
        }
    }

    @Test
    void an_incident_that_a_full_disk_refused_says_so_and_the_next_works_when_there_is_space() throws Exception {
        try (var disk = SmallDisk.mount(temporary, 1_024);
                Store store = Store.open(disk.folder().resolve("state.db"), InstantSource.fixed(NOON))
                        .store()) {
            Path filler = disk.fill();
            var failure = catchThrowableOfType(StoreException.class, () -> {
                for (int i = 0; i < 1_000; i++) {
                    store.write(Samples.of(new IncidentChange.Open("a", "cause-" + i, "detail", NOON)));
                }
            });
            assertThat(failure.kind()).isEqualTo(StoreException.Kind.FULL);
            int written = store.incidents(true, 10_000).size();

            Files.delete(filler);
            store.write(Samples.of(new IncidentChange.Open("a", "later", "detail", NOON)));
            assertThat(store.incidents(true, 10_000)).hasSize(written + 1);
        }
    }

    @Test
    void a_disk_that_is_full_at_the_start_is_said() throws Exception {
        try (var disk = SmallDisk.mount(temporary, 256)) {
            disk.fill();
            Path file = disk.folder().resolve("state.db");
            var failure = catchThrowableOfType(StoreException.class, () -> Store.open(file, InstantSource.fixed(NOON)));
            assertThat(failure).hasMessageContaining("state.db").hasMessageContaining("full");
        }
    }
}
