package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditTrail;
import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Result;
import dev.steward.posix.Posix;
import dev.steward.store.IncidentRow;
import dev.steward.store.Store;
import dev.steward.supervise.Journal;
import dev.steward.supervise.Scribe;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogTroublesTest {
    private static final Path LOG = Path.of("/var/log/app.log");

    @TempDir
    Path home;

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");

    private interface Scene {
        void play(Store store, LogTroubles troubles) throws Exception;
    }

    private void play(Scene scene) throws Exception {
        InstantSource clock = () -> now;
        var locks = Posix.locksOnly();
        var audit = AuditTrail.open(
                home.resolve("audit/audit.jsonl"),
                clock,
                ZoneOffset.UTC,
                () -> locks.lock(home.resolve("audit.lock"))::close);
        try (var store = Store.open(home.resolve("state.db"), clock).store();
                var journal = new Journal(new Scribe(store, audit), "boot")) {
            scene.play(store, new LogTroubles(store, journal, clock));
        }
    }

    private Outcome outcome(Result result, String reason) {
        return new Outcome(LOG, result, Optional.empty(), 0, Optional.empty(), now, Duration.ZERO, reason);
    }

    private void passes(String duration) {
        now = now.plus(Duration.parse(duration));
    }

    private static void awaitOpen(Store store, int count) throws Exception {
        Await.until(count + " open incidents", () -> store.incidents(true, 10).size() == count);
    }

    @Test
    void a_log_that_cannot_be_rotated_has_one_incident_until_it_can() throws Exception {
        play((store, troubles) -> {
            troubles.heard(outcome(Result.FAILED, "the disk is full"));
            troubles.heard(outcome(Result.FAILED, "the disk is full"));
            awaitOpen(store, 1);
            assertThat(store.incidents(true, 10))
                    .extracting(IncidentRow::subject)
                    .containsExactly(LOG.toString());
            assertThat(troubles.all()).containsExactly(LOG + " is not rotated: the disk is full");

            troubles.heard(outcome(Result.ROTATED, ""));
            awaitOpen(store, 0);
            assertThat(troubles.all()).isEmpty();
        });
    }

    @Test
    void a_log_that_somebody_else_keeps_locked_fails_after_a_minute() throws Exception {
        play((store, troubles) -> {
            troubles.heard(outcome(Result.BUSY, "somebody else is rotating it"));
            passes("PT49S");
            troubles.heard(outcome(Result.BUSY, "somebody else is rotating it"));
            assertThat(troubles.all()).isEmpty();

            // The next look a minute later may come a little early.
            passes("PT10.9S");
            troubles.heard(outcome(Result.BUSY, "somebody else is rotating it"));
            assertThat(troubles.all()).singleElement().asString().contains("locked", "lslocks(8)");
            awaitOpen(store, 1);

            troubles.heard(outcome(Result.NOT_DUE, ""));
            awaitOpen(store, 0);
        });
    }

    @Test
    void a_log_that_is_busy_now_and_then_is_in_no_trouble() throws Exception {
        play((_, troubles) -> {
            for (var i = 0; i < 5; i++) {
                troubles.heard(outcome(Result.BUSY, ""));
                passes("PT40S");
                troubles.heard(outcome(Result.NOT_DUE, ""));
            }
            assertThat(troubles.all()).isEmpty();
        });
    }

    @Test
    void a_clock_that_goes_back_makes_no_log_busy_for_long_and_none_for_ever() throws Exception {
        play((_, troubles) -> {
            troubles.heard(outcome(Result.BUSY, ""));
            passes("PT-1H");
            troubles.heard(outcome(Result.BUSY, ""));
            assertThat(troubles.all()).isEmpty();
            passes("PT1M");
            troubles.heard(outcome(Result.BUSY, ""));
            assertThat(troubles.all()).hasSize(1);
        });
    }

    @Test
    void the_next_daemon_closes_what_this_one_left_open() throws Exception {
        play((store, troubles) -> {
            troubles.heard(outcome(Result.LEFT_ALONE, "it is a folder"));
            awaitOpen(store, 1);
        });
        play((store, troubles) -> {
            assertThat(troubles.all()).isEqualTo(List.of(LOG + " is not rotated: it is a folder"));
            troubles.heard(outcome(Result.ROTATED, ""));
            awaitOpen(store, 0);
        });
    }

    @Test
    void what_is_no_log_any_more_is_in_no_trouble() throws Exception {
        play((store, troubles) -> {
            troubles.heard(outcome(Result.FAILED, "the disk is full"));
            awaitOpen(store, 1);
            troubles.keeps(Set.of());
            awaitOpen(store, 0);
            assertThat(troubles.all()).isEmpty();
        });
    }

    @Test
    void the_audit_trail_tells_of_each_rotation_and_once_of_each_incident() throws Exception {
        play((store, troubles) -> {
            troubles.heard(outcome(Result.FAILED, "the disk is full"));
            troubles.heard(outcome(Result.FAILED, "the disk is broken"));
            troubles.heard(outcome(Result.NOT_DUE, ""));
            troubles.heard(outcome(Result.ROTATED, ""));
            troubles.heard(outcome(Result.NOT_DUE, ""));
            awaitOpen(store, 0);
        });
        assertThat(Files.readAllLines(home.resolve("audit/audit.jsonl")))
                .extracting(line -> line.replaceAll(".*\"event\":(.*),\"prev\".*", "$1"))
                .containsExactly(
                        "\"incident_opened\",\"subject\":\"" + LOG
                                + "\",\"cause\":\"not-rotated\",\"detail\":\"the disk is full\"",
                        "\"incident_resolved\",\"subject\":\"" + LOG + "\",\"cause\":\"not-rotated\"",
                        "\"log_rotated\",\"log\":\"" + LOG + "\",\"bytes\":0,\"lossy\":\"no\",\"took_ms\":0");
    }
}
