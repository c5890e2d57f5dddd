package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DamageTest {
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);
    private static final String ASIDE = "state.db.corrupt-20251030-120000";

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("state.db");
    }

    @Test
    void a_file_that_is_no_database_is_kept_aside_and_a_new_one_made() throws Exception {
        Files.writeString(file, "This is not a database. ".repeat(1_000));
        try (Store store = openDamaged(ASIDE)) {
            store.write(Samples.agents(Samples.agent("a")));
            assertThat(store.agents()).hasSize(1);
        }
        assertThat(home.resolve(ASIDE)).content().startsWith("This is not a database.");
    }

    @Test
    void a_second_damaged_file_within_a_second_does_not_replace_the_first() throws Exception {
        Files.writeString(file, "first ".repeat(1_000));
        openDamaged(ASIDE).close();
        Files.writeString(file, "second ".repeat(1_000));
        openDamaged(ASIDE + "-2").close();
        assertThat(home.resolve(ASIDE)).content().startsWith("first");
        assertThat(home.resolve(ASIDE + "-2")).content().startsWith("second");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 511, 512, 4_095, 4_096, 5_000, 40_960, 80_000})
    void a_truncated_database_is_kept_aside(int size) throws Exception {
        fill();
        try (var handle = new RandomAccessFile(file.toFile(), "rw")) {
            handle.setLength(size);
        }
        openDamaged(ASIDE).close();
        assertThat(home.resolve(ASIDE)).hasSize(size);
    }

    @Test
    void a_page_of_rubbish_in_the_middle_is_found() throws Exception {
        fill();
        try (var handle = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] rubbish = new byte[4_096];
            Arrays.fill(rubbish, (byte) 0xa5);
            handle.seek(4_096 * 10);
            handle.write(rubbish);
        }
        openDamaged(ASIDE).close();
    }

    @Test
    void a_database_of_another_program_is_kept_aside_whole() throws Exception {
        sql("CREATE TABLE theirs (x)", "INSERT INTO theirs VALUES (42)");
        byte[] theirs = Files.readAllBytes(file);
        openDamaged(ASIDE).close();
        assertThat(home.resolve(ASIDE)).hasBinaryContent(theirs);
    }

    @Test
    void log_and_index_go_aside_with_the_database() throws Exception {
        Files.writeString(file, "rubbish ".repeat(1_000));
        Files.writeString(home.resolve("state.db-wal"), "the log");
        Files.writeString(home.resolve("state.db-shm"), "the index");
        openDamaged(ASIDE).close();
        assertThat(home.resolve(ASIDE + "-wal")).hasContent("the log");
        // SQLite may rebuild the index when it looks at the file; it holds nothing that the log doesn't.
        assertThat(home.resolve(ASIDE + "-shm")).exists();
    }

    @Test
    void a_log_without_its_database_is_kept() throws Exception {
        Files.writeString(home.resolve("state.db-wal"), "all that is left");
        openDamaged(ASIDE).close();
        assertThat(home.resolve(ASIDE + "-wal")).hasContent("all that is left");
    }

    @Test
    void an_empty_file_is_what_a_daemon_killed_in_its_first_moment_leaves() throws Exception {
        Files.createFile(file);
        Store.Opened opened = Store.open(file, CLOCK);
        opened.store().close();
        assertThat(opened.corruptKeptAside()).isEmpty();
    }

    @Test
    void a_database_without_tables_is_what_a_daemon_killed_in_its_second_moment_leaves() throws Exception {
        sql("PRAGMA journal_mode = WAL");
        assertThat(file).isNotEmptyFile();
        Store.Opened opened = Store.open(file, CLOCK);
        try (Store store = opened.store()) {
            assertThat(opened.corruptKeptAside()).isEmpty();
            assertThat(store.agents()).isEmpty();
        }
    }

    @Test
    void a_database_of_a_newer_steward_is_refused_and_left_alone() throws Exception {
        fill();
        sql("PRAGMA user_version = 99");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Store.open(file, CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("state.db")
                .hasMessageContaining("version 99")
                .hasMessageContaining("newer Steward")
                .extracting(e -> ((StoreException) e).kind())
                .isEqualTo(StoreException.Kind.OTHER_VERSION);
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void a_missing_folder_is_said() {
        assertThatThrownBy(() -> Store.open(home.resolve("nowhere/state.db"), CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("nowhere/state.db")
                .hasMessageContaining("folder");
    }

    @Test
    void a_folder_in_its_place_is_refused() throws Exception {
        Files.createDirectories(file.resolve("full"));
        assertThatThrownBy(() -> Store.open(file, CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not a regular file");
        assertThat(file.resolve("full")).exists();
    }

    private Store openDamaged(String aside) throws StoreException {
        Store.Opened opened = Store.open(file, CLOCK);
        assertThat(opened.corruptKeptAside()).contains(home.resolve(aside));
        assertThat(opened.damage()).isNotBlank();
        return opened.store();
    }

    private void fill() throws StoreException {
        try (Store store = Store.open(file, CLOCK).store()) {
            store.write(Samples.of(Samples.transitions("a", 0, 2_000)));
        }
    }

    private void sql(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
