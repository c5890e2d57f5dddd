package dev.steward.bus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.store.SqliteFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitsTest {
    @TempDir
    Path home;

    private Statements statements;
    private Commits commits;

    @BeforeEach
    void open() throws Exception {
        var file = new SqliteFile(home.resolve("bus.db"), LedgerSchema.APPLICATION_ID, LedgerSchema.MIGRATIONS);
        statements = new Statements(file.write());
        commits = new Commits(
                OpenFile.of(file),
                statements,
                InstantSource.fixed(BusSamples.CREATED),
                System::nanoTime,
                Duration.ofMillis(50));
    }

    @AfterEach
    void close() throws Exception {
        commits.close();
    }

    private static Command<Integer> keep(String word) {
        return in -> in.on().update("INSERT INTO word VALUES (?, '')", word);
    }

    private List<String> words() throws SQLException {
        return statements.list(row -> row.getString(1), "SELECT key FROM word ORDER BY key");
    }

    @Test
    void a_command_that_is_refused_hurts_no_other_of_its_group() throws Exception {
        var first = new Queued<>(keep("first"));
        var refused = new Queued<Integer>(in -> {
            keep("half").run(in);
            throw new BusException(BusException.Kind.REFUSED, "no");
        });
        var mistaken = new Queued<Integer>(in -> {
            keep("other half").run(in);
            throw new IllegalStateException("a mistake");
        });
        var last = new Queued<>(keep("last"));
        run(first, refused, mistaken, last);
        assertThat(words()).containsExactly("first", "last");
        assertThat(first.await()).isEqualTo(1);
        assertThat(last.await()).isEqualTo(1);
        assertThat(catchThrowable(refused::await))
                .isInstanceOf(BusException.class)
                .hasMessage("no");
        assertThat(catchThrowable(mistaken::await)).hasMessage("a mistake");
    }

    @Test
    void a_command_that_the_database_fails_hurts_no_other_of_its_group() throws Exception {
        var first = new Queued<>(keep("first"));
        var wrong = new Queued<Integer>(in -> in.on().update("INSERT INTO word VALUES (?, NULL)", "wrong"));
        var last = new Queued<>(keep("last"));
        run(first, wrong, last);
        assertThat(words()).containsExactly("first", "last");
        assertThat(first.await()).isEqualTo(1);
        assertThat(last.await()).isEqualTo(1);
        assertThat(catchThrowable(wrong::await))
                .isInstanceOf(BusException.class)
                .hasMessageContaining("bus.db");
    }

    @Test
    void a_transaction_that_was_left_open_is_in_nobodys_way() throws Exception {
        statements.update("BEGIN IMMEDIATE");
        statements.update("INSERT INTO word VALUES ('left', '')");
        var next = new Queued<>(keep("next"));
        run(next);
        assertThat(next.await()).isEqualTo(1);
        assertThat(words()).containsExactly("next");
    }

    @Test
    void what_a_failed_command_touched_is_not_told() throws Exception {
        var refused = new Queued<Integer>(in -> {
            in.touch("clc");
            throw new BusException(BusException.Kind.REFUSED, "no");
        });
        var done = new Queued<>(in -> {
            in.touch("cld");
            return 1;
        });
        run(refused, done);
        assertThat(refused.changed()).isFalse();
        assertThat(refused.touched()).isEmpty();
        assertThat(done.changed()).isTrue();
        assertThat(done.touched()).containsExactly("cld");
    }

    private void run(Queued<?>... group) {
        commits.run(List.of(group));
        for (var each : group) {
            each.tell();
        }
    }
}
