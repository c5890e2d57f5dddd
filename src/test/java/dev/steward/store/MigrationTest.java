package dev.steward.store;

import static dev.steward.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.store.RotationChange.Meaning;
import dev.steward.store.StoreException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of other versions of Steward. */
class MigrationTest {
    /** As version 1 was released, word for word: it must never change. */
    private static final List<String> VERSION_1 = List.of(
            "CREATE TABLE agent ( name TEXT PRIMARY KEY NOT NULL, asked TEXT, state TEXT NOT NULL, reason TEXT NOT NULL,"
                    + " incarnation TEXT, pid INTEGER, start INTEGER, boot TEXT, started_ns INTEGER,"
                    + " next_incarnation TEXT NOT NULL, restarts INTEGER NOT NULL, failures INTEGER NOT NULL,"
                    + " last_exit TEXT ) STRICT, WITHOUT ROWID",
            "CREATE TABLE transition ( seq INTEGER PRIMARY KEY AUTOINCREMENT, agent TEXT NOT NULL,"
                    + " from_state TEXT NOT NULL, to_state TEXT NOT NULL, reason TEXT NOT NULL, incarnation TEXT,"
                    + " pid INTEGER, at_ns INTEGER NOT NULL, monotonic_ns INTEGER NOT NULL, boot TEXT NOT NULL ) STRICT",
            "CREATE INDEX transition_by_agent ON transition (agent, seq)",
            "CREATE TABLE incident ( id INTEGER PRIMARY KEY AUTOINCREMENT, subject TEXT NOT NULL, cause TEXT NOT NULL,"
                    + " detail TEXT NOT NULL, opened_ns INTEGER NOT NULL, updated_ns INTEGER NOT NULL,"
                    + " resolved_ns INTEGER, count INTEGER NOT NULL ) STRICT",
            "CREATE UNIQUE INDEX incident_open ON incident (subject, cause) WHERE resolved_ns IS NULL");

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("state.db");
    }

    /** A home in which a daemon of version 1 ran an agent. */
    private void ofVersion1() throws Exception {
        Files.createFile(file);
        try (var connection = Sqlite.writing(file)) {
            run(connection, "PRAGMA journal_mode = WAL");
            for (var sql : VERSION_1) {
                run(connection, sql);
            }
            run(connection, "PRAGMA application_id = " + Schema.APPLICATION_ID);
            run(connection, "PRAGMA user_version = 1");
            run(
                    connection,
                    "INSERT INTO agent VALUES ('a', NULL, 'stopped', 'never started', NULL, NULL, NULL, NULL, NULL,"
                            + " 'next', 0, 0, NULL)");
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> schema(Path file) throws SQLException {
        var all = new ArrayList<String>();
        try (var connection = Sqlite.reading(file, "");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")) {
            while (rows.next()) {
                all.add(rows.getString(1).replaceAll("\\s+", " "));
            }
        }
        return all;
    }

    private static int version(Path file) throws SQLException {
        try (var connection = Sqlite.reading(file, "")) {
            return Schema.version(connection);
        }
    }

    @Test
    void the_first_step_is_what_was_released() throws Exception {
        Files.createFile(file);
        try (var connection = Sqlite.writing(file)) {
            Schema.migrate(connection, 1);
        }
        assertThat(schema(file)).containsSubsequence(VERSION_1);
    }

    @Test
    void a_database_of_version_1_is_taken_to_this_one_with_all_that_is_in_it() throws Exception {
        ofVersion1();
        try (var store = Store.open(file, InstantSource.fixed(NOON)).store()) {
            assertThat(store.agents()).containsExactly(Samples.agent("a"));
            assertThat(store.rotations()).isEmpty();
            store.write(Batch.ofRotations(List.of(Samples.change("/a.log", Meaning.DONE, 7, NOON))));
            assertThat(store.rotations()).hasSize(1);
        }
        assertThat(version(file)).isEqualTo(Schema.VERSION);
        var fresh = home.resolve("fresh.db");
        Store.open(fresh, InstantSource.fixed(NOON)).store().close();
        assertThat(schema(file)).containsExactlyInAnyOrderElementsOf(schema(fresh));
    }

    @Test
    void a_migration_that_fails_leaves_all_as_it_was() throws Exception {
        ofVersion1();
        try (var connection = Sqlite.writing(file)) {
            // In the way of the second step.
            run(connection, "CREATE TABLE rotation (x)");
        }
        assertThatThrownBy(() -> Store.open(file, InstantSource.fixed(NOON))).isInstanceOf(StoreException.class);
        assertThat(version(file)).isEqualTo(1);
        try (var reader = Store.openReadOnly(file)) {
            assertThat(reader.agents()).hasSize(1);
        }
    }

    @Test
    void one_of_version_1_can_be_read_without_being_changed() throws Exception {
        ofVersion1();
        var before = Files.readAllBytes(file);
        try (var reader = Store.openReadOnly(file)) {
            assertThat(reader.agents()).containsExactly(Samples.agent("a"));
            assertThat(reader.rotations()).isEmpty();
        }
        var change = Batch.ofRotations(List.of(Samples.change("/a.log", Meaning.DONE, 7, NOON)));
        assertThatThrownBy(() -> Store.addTo(file, change)).hasMessageContaining("Start this Steward's daemon once");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void one_of_a_newer_version_is_refused_and_left() throws Exception {
        ofVersion1();
        try (var connection = Sqlite.writing(file)) {
            run(connection, "PRAGMA user_version = " + (Schema.VERSION + 1));
        }
        assertRefused(() -> Store.open(file, InstantSource.fixed(NOON)));
        assertRefused(() -> Store.openReadOnly(file));
        assertThat(version(file)).isEqualTo(Schema.VERSION + 1);
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OTHER_VERSION))
                .hasMessageContaining("Run the newer Steward");
    }
}
