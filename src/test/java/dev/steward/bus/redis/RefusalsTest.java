package dev.steward.bus.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {
    @TempDir
    Path home;

    private final AtomicLong now = new AtomicLong(-5);
    private Ledger ledger;
    private Refusals refusals;

    @BeforeEach
    void open() throws Exception {
        ledger = Ledgers.openLinked(home.resolve("bus.db"), InstantSource.system());
        refusals = new Refusals(ledger, "ack_refused", now::get);
    }

    @AfterEach
    void close() throws Exception {
        ledger.close();
    }

    private long recorded() throws Exception {
        return ledger.owed(1_000).stream()
                .filter(owed -> owed.event().equals("ack_refused"))
                .count();
    }

    @Test
    void a_few_a_minute_are_recorded_and_the_rest_is_counted() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            refusals.refuse("cls:ack", "WO-" + i, "it is no JSON");
        }
        assertThat(recorded()).isEqualTo(Refusals.A_MINUTE);

        now.addAndGet(Duration.ofSeconds(61).toNanos());
        refusals.sum();
        refusals.sum();

        assertThat(recorded()).isEqualTo(Refusals.A_MINUTE + 1);
        assertThat(ledger.owed(1_000).getLast().fields()).containsEntry("count", 990L);
        refusals.refuse("cls:ack", "WO-late", "it is no JSON");
        assertThat(recorded()).isEqualTo(Refusals.A_MINUTE + 2);
    }
}
