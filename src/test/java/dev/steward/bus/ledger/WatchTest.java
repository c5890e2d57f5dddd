package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchTest extends LedgerRig {
    private static void awaitCalls(AtomicInteger calls, int many) throws Exception {
        Await.until("called " + many + " times", () -> calls.get() >= many);
    }

    @Test
    void a_watcher_is_called_after_each_change_of_this_process() throws Exception {
        var calls = new AtomicInteger();
        try (var _ = ledger.watch(calls::incrementAndGet)) {
            drop("WO-1");
            awaitCalls(calls, 1);
            ledger.owe("something", Map.of());
            awaitCalls(calls, 2);
        }
    }

    @Test
    void one_that_watches_a_name_is_called_for_it_alone() throws Exception {
        var seen = Collections.synchronizedList(new ArrayList<String>());
        try (var _ = ledger.watch("clc", () -> seen.add("clc"));
                var _ = ledger.watch("CLD", () -> seen.add("cld"));
                var _ = ledger.watch("CLS", () -> seen.add("cls"));
                var _ = ledger.watch(() -> seen.add("all"))) {
            var one = drop(order("WO-1", "CLC"));
            Await.until("all is called", () -> seen.contains("all"));
            assertThat(seen).containsExactlyInAnyOrder("clc", "all");
            seen.clear();
            ledger.acknowledged(acknowledgement(one));
            Await.until("all is called", () -> seen.contains("all"));
            assertThat(seen).contains("cls").doesNotContain("cld");
            seen.clear();
            drop(order("WO-2", "cld"));
            Await.until("all is called", () -> seen.contains("all"));
            assertThat(seen).containsExactlyInAnyOrder("cld", "all");
        }
    }

    @Test
    void the_changes_of_others_are_noticed() throws Exception {
        var calls = new AtomicInteger();
        try (var other = open();
                var _ = ledger.watch("nobody", calls::incrementAndGet)) {
            other.drop(order("WO-1", "CLC"));
            awaitCalls(calls, 1);
            other.drop(order("WO-2", "CLC"));
            awaitCalls(calls, 2);
        }
    }

    @Test
    void one_that_was_closed_is_not_called_and_one_that_fails_stops_nothing() throws Exception {
        var calls = new AtomicInteger();
        var closed = ledger.watch(() -> calls.addAndGet(1_000));
        closed.close();
        var mistakes = new ArrayList<Throwable>();
        var usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, mistake) -> mistakes.add(mistake));
        try (var _ = ledger.watch(() -> {
                    throw new IllegalStateException("a watcher's mistake");
                });
                var _ = ledger.watch(calls::incrementAndGet)) {
            drop("WO-1");
            awaitCalls(calls, 1);
            drop("WO-2");
            awaitCalls(calls, 2);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(usual);
        }
        assertThat(calls).hasValue(2);
        assertThat(mistakes).extracting(Throwable::getMessage).contains("a watcher's mistake");
        assertThat(ledger.waiting("CLC", 10, List.of())).hasSize(2);
    }
}
