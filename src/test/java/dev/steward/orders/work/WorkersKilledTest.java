package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Found;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.testing.Await;
import dev.steward.testing.Child;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who runs workers is killed at random moments while handlers go on. {@code -Dsteward.seed} repeats the moments, as far as the machine's
 * timing lets it; {@code -Dsteward.rounds} says how many kills.
 */
@EnabledOnOs(OS.LINUX)
@Timeout(1200)
class WorkersKilledTest {
    private static final int ROUNDS = Integer.getInteger("steward.rounds", 20);
    private static final long LATEST_KILL_NANOS = 400_000_000;
    private static final int ORDERS_A_ROUND = 2;

    @TempDir
    Path folder;

    @Test
    void no_two_handlers_of_an_order_live_at_once_and_all_orders_are_done() throws Exception {
        kill(ROUNDS);
    }

    @Test
    @Tag("long")
    void so_it_is_after_two_hundred_kills() throws Exception {
        kill(200);
    }

    private void kill(int rounds) throws Exception {
        var seed = Long.getLong("steward.seed", System.nanoTime());
        var random = new Random(seed);
        var house = new TestHouse(folder);
        // Every third order fails at first; each handler has a lock of its own, so that a second one of its order is
        // told of.
        house.script(
                "handle",
                "exec 9>" + folder + "/lock.$STEWARD_ORDER_ID",
                "flock -n 9 || echo \"$STEWARD_ORDER_ID $STEWARD_ORDER_ATTEMPT\" >>" + folder + "/clashes",
                "echo \"$STEWARD_ORDER_ID $STEWARD_ORDER_ATTEMPT\" >>" + folder + "/attempts",
                "sleep $(( $$ % 3 )).$(( $$ % 7 ))",
                "case $STEWARD_ORDER_ID in *[0369])",
                "  [ $(grep -c \"^$STEWARD_ORDER_ID \" " + folder + "/attempts) -gt 1 ] || exit 1;; esac");
        try (var ledger = Ledgers.open(house.home.resolve("bus.db"), InstantSource.system())) {
            for (var round = 0; round < rounds; round++) {
                for (var i = 0; i < ORDERS_A_ROUND; i++) {
                    deliver(house, ledger, "WO-" + round + "-" + i);
                }
                try (var child = Child.start(WorkersChild.class, List.of(), folder.toString())) {
                    child.line();
                    LockSupport.parkNanos(random.nextLong(LATEST_KILL_NANOS));
                    child.kill();
                }
            }
            try (var child = Child.start(WorkersChild.class, List.of(), folder.toString())) {
                child.line();
                for (var round = 0; round < rounds; round++) {
                    for (var i = 0; i < ORDERS_A_ROUND; i++) {
                        TestHouse.await(ledger, "WO-" + round + "-" + i, OrderState.DONE);
                    }
                }
                Await.until("no files of attempts", () -> isEmpty(house.home.resolve("work")));
            }
            check(house, ledger, seed);
        }
    }

    private static boolean isEmpty(Path folder) {
        var names = folder.toFile().list();
        return names == null || names.length == 0;
    }

    private static void deliver(TestHouse house, Ledger ledger, String id) throws Exception {
        house.lay(id);
        var now = InstantSource.system().instant();
        var heading = house.heading(id, "P3");
        var hashes = new OrderRow.Hashes("a".repeat(64), "b".repeat(64));
        ledger.found(
                new Found(heading, hashes, 18, now),
                new Acknowledgement(
                        id, heading.to(), "steward", TestHouse.NODE, "", now, 0, hashes.wo(), hashes.body()));
    }

    private void check(TestHouse house, Ledger ledger, long seed) throws Exception {
        assertThat(house.lines("clashes"))
                .as("two handlers at once; seed " + seed)
                .isEmpty();
        Set<String> seen = new HashSet<>();
        var last = new HashMap<String, Integer>();
        var begun = new HashMap<String, Integer>();
        for (var line : house.lines("attempts")) {
            assertThat(seen.add(line))
                    .as("an attempt that was begun twice: " + line + "; seed " + seed)
                    .isTrue();
            var words = line.split(" ", -1);
            last.merge(words[0], Integer.parseInt(words[1]), Math::max);
            begun.merge(words[0], 1, Integer::sum);
        }
        begun.forEach((id, times) -> assertThat(times)
                .as("handlers of " + id + " that began, since each goes on to its end; seed " + seed)
                .isEqualTo(id.matches(".*[0369]") ? 2 : 1));
        var rows = ledger.orders(OrderQuery.in(Set.of(), 100_000));
        assertThat(rows).hasSize(last.size());
        for (var row : rows) {
            assertThat(row.attempt())
                    .as("attempts at " + row.heading().id() + "; seed " + seed)
                    .isEqualTo(last.get(row.heading().id()));
        }
    }
}
