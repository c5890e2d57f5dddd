package dev.steward.orders.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.audit.AuditEvent;
import dev.steward.audit.AuditException;
import dev.steward.audit.AuditTrail;
import dev.steward.audit.AuditVerifier;
import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.audit.Locker;
import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Owed;
import dev.steward.testing.FakeLedger;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditCarrierTest {
    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private final Locker alone = locker();
    private Path file;
    private AuditTrail trail;
    private AuditCarrier carrier;

    @BeforeEach
    void make() {
        file = folder.resolve("audit.jsonl");
        trail = trail();
        carrier = new AuditCarrier(ledger, trail, file, alone);
    }

    private AuditTrail trail() {
        return AuditTrail.open(file, InstantSource.fixed(FakeNode.NOW), ZoneOffset.UTC, locker());
    }

    private static Locker locker() {
        var lock = new ReentrantLock();
        return () -> {
            lock.lock();
            return lock::unlock;
        };
    }

    /** One whose word about what was carried can be lost. */
    private static final class Ledger extends FakeLedger {
        private boolean dies;

        @Override
        public void recorded(long upTo, String key, String word) throws BusException {
            if (dies) {
                dies = false;
                throw new BusException(BusException.Kind.UNAVAILABLE, "killed");
            }
            super.recorded(upTo, key, word);
        }
    }

    private void owe(long seq) {
        ledger.owed.add(new Owed(seq, "wo_drop", Map.of("wo_id", "WO-" + seq, "redis_ack", 1L)));
    }

    private List<JsonNode> records() throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private List<Long> carried() throws IOException {
        return records().stream()
                .filter(line -> line.has("bus_seq"))
                .map(line -> line.get("bus_seq").asLong())
                .toList();
    }

    private void diesBeforeItSaysSo() {
        ledger.dies = true;
        assertThatThrownBy(carrier::carry).isInstanceOf(BusException.class).hasMessage("killed");
    }

    @Test
    void what_is_owed_becomes_records_in_its_order_and_is_owed_no_more() throws Exception {
        owe(1);
        owe(2);
        assertThat(carrier.carry()).isEqualTo(2);
        assertThat(carried()).containsExactly(1L, 2L);
        assertThat(records().getFirst().get("event").asString()).isEqualTo("wo_drop");
        assertThat(records().getFirst().get("wo_id").asString()).isEqualTo("WO-1");
        assertThat(ledger.owed).isEmpty();
        assertThat(carrier.carry()).isZero();
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void much_is_carried_in_several_times() throws Exception {
        IntStream.rangeClosed(1, 1_200).forEach(this::owe);
        assertThat(carrier.carry()).isEqualTo(1_200);
        assertThat(carried()).hasSize(1_200).isSorted();
    }

    @Test
    void nothing_owed_touches_no_trail() throws Exception {
        assertThat(carrier.carry()).isZero();
        assertThat(file).doesNotExist();
    }

    @Test
    void what_was_carried_by_somebody_who_was_killed_before_he_said_so_is_carried_once() throws Exception {
        owe(1);
        diesBeforeItSaysSo();
        owe(2);
        assertThat(new AuditCarrier(ledger, trail(), file, alone).carry()).isEqualTo(1);
        assertThat(carried()).containsExactly(1L, 2L);
        assertThat(ledger.owed).isEmpty();
    }

    @Test
    void it_is_found_behind_what_others_recorded_since() throws Exception {
        owe(1);
        carrier.carry();
        owe(2);
        diesBeforeItSaysSo();
        for (var i = 0; i < 300; i++) {
            trail.append(List.of(new AuditEvent("agent_transition", Map.of("text", "\"bus_seq\":2,"))));
        }
        owe(3);
        assertThat(carrier.carry()).isEqualTo(1);
        assertThat(carried()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void it_is_found_while_others_record() throws Exception {
        var over = new AtomicBoolean();
        try (var others = Executors.newSingleThreadExecutor()) {
            var recording = others.submit(() -> {
                while (!over.get()) {
                    trail.append(List.of(new AuditEvent("agent_transition", Map.of())));
                }
                return true;
            });
            try {
                for (var seq = 1L; seq <= 60; seq++) {
                    owe(seq);
                    diesBeforeItSaysSo();
                    assertThat(carrier.carry()).as("record %d", seq).isZero();
                }
            } finally {
                over.set(true);
            }
            assertThat(recording.get()).isTrue();
        }
        assertThat(carried()).doesNotHaveDuplicates().hasSize(60);
    }

    @Test
    void the_record_of_another_home_with_the_same_number_is_not_taken_for_it() throws Exception {
        owe(1);
        carrier.carry();
        trail.append(
                List.of(new AuditEvent("wo_drop", Map.of("wo_id", "WO-elsewhere", "redis_ack", 1L, "bus_seq", 2L))));
        owe(2);
        assertThat(carrier.carry()).isEqualTo(1);
        assertThat(carried()).containsExactly(1L, 2L, 2L);
    }

    @Test
    void a_trail_that_was_moved_away_begins_anew() throws Exception {
        IntStream.rangeClosed(1, 5).forEach(this::owe);
        carrier.carry();
        Files.move(file, folder.resolve("old.jsonl"));
        owe(6);
        diesBeforeItSaysSo();
        owe(7);
        carrier.carry();
        assertThat(carried()).containsExactly(6L, 7L);
    }

    @Test
    void a_trail_that_was_there_before_is_not_read_through() throws Exception {
        Files.writeString(file, "{\"old\":1}\n".repeat(3));
        owe(1);
        assertThat(carrier.carry()).isEqualTo(1);
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void what_cannot_be_recorded_stays_owed() throws Exception {
        Files.createDirectory(file);
        owe(1);
        assertThatThrownBy(carrier::carry).isInstanceOf(AuditException.class);
        assertThat(ledger.owed).hasSize(1);
        Files.delete(file);
        assertThat(carrier.carry()).isEqualTo(1);
    }

    @Test
    void many_that_carry_at_once_carry_each_record_once() throws Exception {
        IntStream.rangeClosed(1, 2_000).forEach(this::owe);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = threads.invokeAll(IntStream.range(0, 4)
                    .<Callable<Long>>mapToObj(_ -> () -> new AuditCarrier(ledger, trail, file, alone).carry())
                    .toList());
            var sum = 0L;
            for (var each : all) {
                sum += each.get();
            }
            assertThat(sum).isEqualTo(2_000);
        }
        assertThat(carried()).hasSize(2_000).doesNotHaveDuplicates().isSorted();
    }
}
