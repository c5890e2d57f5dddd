package dev.steward.bus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusSamples;
import dev.steward.bus.OrderState;
import dev.steward.store.SqliteFile;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerSchemaTest {
    @TempDir
    Path home;

    @Test
    void an_order_of_a_ledger_of_the_first_version_is_kept() throws Exception {
        var file = home.resolve("bus.db");
        var first = new SqliteFile(file, LedgerSchema.APPLICATION_ID, LedgerSchema.MIGRATIONS.subList(0, 1));
        var statements = new Statements(first.write());
        statements.update("""
                INSERT INTO wo (id, id_key, recipient, inbox, sender, priority, title, tags, created_ns, origin, here, state,
                    reason, quarantined, attempt, sha256_wo, sha256_body, body_bytes, since_ns, changed_ns)
                VALUES ('WO-1', 'wo-1', 'CLC', 'clc', 'CLS', 'P3', '', '', 0, 'dropped_here', 1, 'failed', '', 0, 7, '', '',
                    1, 0, 0)""");
        statements.close();

        try (var ledger = Ledgers.open(file, InstantSource.fixed(BusSamples.CREATED))) {
            assertThat(ledger.order("WO-1").orElseThrow())
                    .returns(OrderState.FAILED, row -> row.state())
                    .returns(7, row -> row.attempt())
                    .returns(0, row -> row.failures());
        }
    }
}
