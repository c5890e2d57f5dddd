package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.StoreException.Kind;
import dev.steward.testing.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadOnlyTest {
    @TempDir
    Path temporary;

    private Path home;
    private Path file;

    @BeforeEach
    void name() throws IOException {
        // Characters that mean something in a URI.
        home = Files.createDirectory(temporary.resolve("a home? with #1 50%25 & ü"));
        file = home.resolve("state.db");
    }

    @Test
    void after_a_clean_end_it_reads_the_file_and_leaves_no_trace() throws Exception {
        try (Store store = Store.open(file, InstantSource.fixed(NOON)).store()) {
            store.write(new Batch(
                    List.of(Samples.fullAgent("a")),
                    List.of(),
                    Samples.transitions("a", 1, 3),
                    List.of(new IncidentChange.Open("a", "crash-loop", "5 in 60 s", NOON))));
        }
        assertThat(contents()).containsOnlyKeys("state.db");
        Map<String, String> before = contents();
        try (StateReader reader = Store.openReadOnly(file)) {
            assertThat(reader.agents()).containsExactly(Samples.fullAgent("a"));
            assertThat(Samples.reasons(reader.history("a", 5))).containsExactly("number 1", "number 2");
            assertThat(Samples.reasons(reader.transitionsAfter(1, 5))).containsExactly("number 2");
            assertThat(reader.incidents(true, 5)).hasSize(1);
            assertThat(contents()).isEqualTo(before);
        }
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void after_a_kill_it_reads_the_log_too_and_leaves_no_trace() throws Exception {
        killedDaemon();
        assertThat(contents()).containsOnlyKeys("state.db", "state.db-wal", "state.db-shm");
        readsWithoutTrace();
    }

    @Test
    void of_a_copy_without_the_index_it_reads_the_log_too_and_leaves_no_trace() throws Exception {
        killedDaemon();
        Files.delete(home.resolve("state.db-shm"));
        readsWithoutTrace();
    }

    @Test
    void while_the_daemon_lives_it_sees_what_was_written_last() throws Exception {
        try (Child child = Child.start(StoreChild.class, Samples.temporaryFolder(temporary), "wait", file.toString())) {
            child.line();
            try (StateReader reader = Store.openReadOnly(file)) {
                assertThat(Samples.reasons(reader.history("a", 5))).containsExactly("number 1");
            }
        }
    }

    @Test
    void a_missing_file_is_said_and_not_made() {
        assertFails(Kind.MISSING, "no such file");
        assertThat(file).doesNotExist();
    }

    @Test
    void what_is_no_database_is_said_and_left() throws Exception {
        Files.writeString(file, "rubbish ".repeat(100));
        assertFails(Kind.DAMAGED, "damaged");
        assertThat(file).hasContent("rubbish ".repeat(100));
    }

    @Test
    void a_file_that_is_still_empty_is_said_and_left() throws Exception {
        Files.createFile(file);
        assertFails(Kind.MISSING, "nothing has been written");
        assertThat(file).isEmptyFile();
    }

    private void killedDaemon() throws Exception {
        try (Child child = Child.start(StoreChild.class, Samples.temporaryFolder(temporary), "wait", file.toString())) {
            child.line();
        }
    }

    private void readsWithoutTrace() throws Exception {
        Map<String, String> before = contents();
        try (StateReader reader = Store.openReadOnly(file)) {
            assertThat(reader.agents()).containsExactly(Samples.fullAgent("a"));
            assertThat(Samples.reasons(reader.history("a", 5))).containsExactly("number 1");
            assertThat(Samples.reasons(reader.transitionsAfter(0, 5))).containsExactly("number 1");
            assertThat(reader.incidents(false, 5)).isEmpty();
        }
        assertThat(contents()).isEqualTo(before);
    }

    private void assertFails(Kind kind, String message) {
        assertThatThrownBy(() -> Store.openReadOnly(file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("state.db")
                .hasMessageContaining(message)
                .extracting(e -> ((StoreException) e).kind())
                .isEqualTo(kind);
    }

    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(home)) {
            files.forEach(each -> contents.put(each.getFileName().toString(), bytes(each)));
        }
        return contents;
    }

    private static String bytes(Path each) {
        try {
            return HexFormat.of().formatHex(Files.readAllBytes(each));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
