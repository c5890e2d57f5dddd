package dev.steward.bus.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwingTest extends LedgerRig {
    @Test
    void what_is_owed_comes_back_in_order_until_it_is_recorded() throws Exception {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("path", "/tmp/ü \"x\"");
        fields.put("bytes", 12);
        fields.put("share", 0.25);
        ledger.owe("inbox_half_written", fields);
        ledger.owe("second", Map.of());
        restart();
        var owed = ledger.owed(10);
        assertThat(owed).extracting(Owed::event).containsExactly("inbox_half_written", "second");
        assertThat(owed.getFirst().fields())
                .containsExactly(entry("path", "/tmp/ü \"x\""), entry("bytes", 12L), entry("share", 0.25));
        assertThat(ledger.owed(1)).hasSize(1);
        ledger.recorded(owed.getFirst().seq(), "place", "here");
        assertThat(ledger.owed(10)).extracting(Owed::event).containsExactly("second");
    }

    @Test
    void numbers_never_go_back_though_all_was_recorded() throws Exception {
        drop("WO-1");
        long first = onlyRecord().seq();
        restart();
        drop("WO-2");
        assertThat(onlyRecord().seq()).isEqualTo(first + 1);
    }

    @Test
    void numbers_of_a_ledger_that_had_to_be_made_anew_go_on_above_the_old_ones() throws Exception {
        for (int i = 0; i < 20; i++) {
            drop("WO-" + i);
        }
        long last = recordsSoFar().getLast().seq();
        ledger.close();
        for (var name : List.of("bus.db", "bus.db-wal", "bus.db-shm")) {
            Files.deleteIfExists(home.resolve(name));
        }
        now = now.plus(Duration.ofSeconds(1));
        ledger = open();
        drop("WO-1");
        assertThat(onlyRecord().seq()).isGreaterThan(last);
    }

    @Test
    void a_field_of_another_type_is_the_callers_mistake_and_owes_nothing() throws Exception {
        assertThatThrownBy(() -> ledger.owe("x", Map.of("list", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ledger.owed(10)).isEmpty();
    }

    @Test
    void words_are_kept() throws Exception {
        assertThat(ledger.remembered("acks")).isEmpty();
        ledger.remember("acks", "1-0");
        ledger.remember("acks", "2-0");
        restart();
        assertThat(ledger.remembered("acks")).contains("2-0");
    }
}
