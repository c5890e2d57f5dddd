package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditTrail;
import dev.steward.posix.Posix;
import dev.steward.store.AgentRow;
import dev.steward.store.Store;
import dev.steward.store.TransitionRow;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever keeps it from writing: agents go on, it is said, and nothing is lost when the trouble is over. */
class ScribeTest {
    @TempDir
    Path home;

    private final List<TransitionRow> heard = new CopyOnWriteArrayList<>();
    private Store store;
    private Scribe scribe;
    private boolean closed;

    @BeforeEach
    void begin() throws Exception {
        store = Store.open(home.resolve("state.db"), InstantSource.system()).store();
        var locks = Posix.locksOnly();
        var audit = AuditTrail.open(
                home.resolve("audit/audit.jsonl"),
                InstantSource.system(),
                ZoneOffset.UTC,
                () -> locks.lock(home.resolve("audit.lock"))::close);
        scribe = new Scribe(store, audit);
        scribe.begin(heard::add);
    }

    @AfterEach
    void end() throws Exception {
        if (!closed) {
            scribe.close();
        }
        store.close();
    }

    private void happens(int number) {
        var row = new TransitionRow(
                0,
                "cls",
                "starting",
                "up",
                "reason " + number,
                Optional.empty(),
                OptionalLong.empty(),
                Instant.EPOCH,
                number,
                "boot");
        var agent = new AgentRow("cls", Optional.empty(), "up", "", Optional.empty(), "next", 0, 0, Optional.empty());
        scribe.add(backlog -> backlog.transition(row, agent));
        scribe.flush();
    }

    private void sync() throws Exception {
        scribe.sync().get(20, TimeUnit.SECONDS);
    }

    private List<String> stored() throws Exception {
        return store.transitionsAfter(0, 10_000).stream()
                .map(TransitionRow::reason)
                .toList();
    }

    private List<String> audited() throws IOException {
        var file = home.resolve("audit/audit.jsonl");
        return Files.isRegularFile(file)
                ? Files.readAllLines(file).stream()
                        .filter(line -> line.contains("agent_transition"))
                        .map(line -> line.replaceAll(".*\"reason\":\"([^\"]*)\".*", "$1"))
                        .toList()
                : List.of();
    }

    /** Nobody can write a trail whose folder is a file. */
    private void breakTheTrail() throws IOException {
        Files.writeString(home.resolve("audit"), "in the way");
    }

    private void mendTheTrail() throws IOException {
        Files.delete(home.resolve("audit"));
    }

    @Test
    void what_happened_is_in_store_and_trail_once_it_is_synced_and_is_heard() throws Exception {
        happens(1);
        happens(2);
        sync();
        assertThat(stored()).containsExactly("reason 1", "reason 2");
        assertThat(audited()).containsExactly("reason 1", "reason 2");
        Await.until("both are heard", () -> heard.size() == 2);
        assertThat(scribe.problems()).isEmpty();
    }

    @Test
    void a_trail_that_cannot_be_written_is_a_problem_the_store_goes_on_and_nothing_is_lost() throws Exception {
        breakTheTrail();
        happens(1);
        sync();
        assertThat(scribe.problems()).singleElement().asString().contains("audit");
        assertThat(stored()).containsExactly("reason 1");
        happens(2);
        sync();

        mendTheTrail();

        Await.until("it is over", () -> scribe.problems().isEmpty());
        assertThat(audited()).containsExactly("reason 1", "reason 2");
        assertThat(stored()).as("written once").containsExactly("reason 1", "reason 2");
        assertThat(heard).extracting(TransitionRow::reason).containsExactly("reason 1", "reason 2");
    }

    private void inTheStore(String sql) throws Exception {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("state.db"));
                var statement = other.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_store_that_refuses_is_a_problem_the_trail_goes_on_and_nothing_is_lost() throws Exception {
        inTheStore("CREATE TRIGGER refuse BEFORE INSERT ON transition BEGIN SELECT RAISE(ABORT, 'refused'); END");
        happens(1);
        sync();
        assertThat(scribe.problems()).singleElement().asString().contains("state.db");
        assertThat(audited()).containsExactly("reason 1");
        happens(2);
        sync();
        assertThat(stored()).isEmpty();

        inTheStore("DROP TRIGGER refuse");

        Await.until("it is over", () -> scribe.problems().isEmpty());
        assertThat(stored()).containsExactly("reason 1", "reason 2");
        assertThat(audited()).as("written once").containsExactly("reason 1", "reason 2");
    }

    @Test
    void who_waits_for_a_sync_is_answered_though_nothing_could_be_written() throws Exception {
        breakTheTrail();
        happens(1);
        sync();
        assertThat(scribe.problems()).hasSize(1);
        mendTheTrail();
    }

    @Test
    void an_end_writes_what_is_left() throws Exception {
        for (var i = 0; i < 500; i++) {
            happens(i);
        }
        scribe.close();
        closed = true;
        assertThat(stored()).hasSize(500);
        assertThat(audited()).hasSize(500);
    }

    @Test
    void an_end_tries_a_last_time_what_could_not_be_written() throws Exception {
        breakTheTrail();
        happens(1);
        sync();
        mendTheTrail();
        scribe.close();
        closed = true;
        assertThat(audited()).containsExactly("reason 1");
    }

    @Test
    void what_had_to_be_given_up_is_told_in_the_trail_once_it_can_be_written() throws Exception {
        breakTheTrail();
        for (var i = 0; i < 50_010; i++) {
            happens(i);
        }
        sync();
        mendTheTrail();
        sync();
        assertThat(Files.readAllLines(home.resolve("audit/audit.jsonl")))
                .first()
                .asString()
                .containsPattern("\"event\":\"records_given_up\",\"count\":\\d+,");
        assertThat(audited()).endsWith("reason 50009").doesNotContain("reason 0");

        happens(50_010);
        sync();
        assertThat(Files.readString(home.resolve("audit/audit.jsonl")).split("records_given_up", -1))
                .hasSize(2);
    }

    @Test
    void an_end_comes_though_nothing_can_be_written() throws Exception {
        breakTheTrail();
        happens(1);
        scribe.close();
        closed = true;
        assertThat(scribe.problems()).hasSize(1);
    }

    @Test
    void a_listener_with_a_fault_is_no_reason_to_stop_writing() throws Exception {
        scribe.close();
        scribe = new Scribe(
                store,
                AuditTrail.open(
                        home.resolve("audit/audit.jsonl"), InstantSource.system(), ZoneOffset.UTC, () -> () -> {}));
        scribe.begin(row -> {
            throw new IllegalStateException("a fault of a listener's");
        });
        happens(1);
        sync();
        happens(2);
        sync();
        assertThat(stored()).containsExactly("reason 1", "reason 2");
    }
}
