package dev.steward.bus.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Accepted;
import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.testing.Await;
import dev.steward.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerKilledTest {
    private static final int ROUNDS = 20;

    @TempDir
    Path home;

    @Test
    void what_was_accepted_before_a_kill_is_there_once_with_its_records() throws Exception {
        Path file = home.resolve("bus.db");
        var random = new Random(20_251_030);
        var accepted = new HashSet<String>();
        var delivered = new HashSet<String>();
        for (int round = 0; round < ROUNDS; round++) {
            int lines = random.nextInt(400);
            for (String line : killedAfter(lines, file, "k" + round)) {
                assertThat(line).startsWith(line.startsWith("+") ? "+WO-" : "WO-");
                assertThat((line.startsWith("+") ? delivered : accepted).add(line))
                        .as(line)
                        .isTrue();
            }
        }
        assertThat(accepted).hasSizeGreaterThan(1_000);
        try (var ledger = Ledgers.open(file, InstantSource.system())) {
            var rows = ledger.orders(
                    new OrderQuery(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 100_000));
            var known = rows.stream().map(row -> row.heading().id()).toList();
            assertThat(known).doesNotHaveDuplicates().containsAll(accepted);
            var there = known.stream().collect(Collectors.toSet());
            assertThat(rows.stream()
                            .filter(row -> row.state() == OrderState.DELIVERED)
                            .map(row -> "+" + row.heading().id()))
                    .containsAll(delivered);
            assertRecordsAreComplete(ledger, rows, there);
        }
    }

    private List<String> killedAfter(int lines, Path file, String name) throws IOException {
        var said = new ArrayList<String>();
        Path temporary = Files.createDirectories(home.resolve("tmp"));
        try (var child = Child.start(
                LedgerChild.class,
                List.of("-Djava.io.tmpdir=" + temporary),
                file.toString(),
                name,
                "4",
                "0",
                "receive")) {
            assertThat(child.line()).isEqualTo("open");
            while (said.size() < lines) {
                said.add(child.line());
            }
            child.kill();
            said.addAll(child.rest());
        }
        return said;
    }

    /** Each order has the record of its drop, each that was delivered the one of that, and there is no other. */
    private static void assertRecordsAreComplete(Ledger ledger, List<OrderRow> rows, Set<String> known)
            throws BusException {
        var owed = ledger.owed(1_000_000);
        assertThat(owed.stream().map(Owed::seq)).isSorted().doesNotHaveDuplicates();
        assertThat(ids(owed, "wo_drop")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(known);
        var delivered = rows.stream()
                .filter(row -> row.state() == OrderState.DELIVERED)
                .map(row -> row.heading().id())
                .toList();
        assertThat(ids(owed, "wo_delivered")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(delivered);
        assertThat(ledger.unheard("CLS", 1_000_000))
                .map(heard -> heard.acknowledgement().id())
                .containsExactlyInAnyOrderElementsOf(delivered);
        assertThat(ledger.orders(OrderQuery.in(EnumSet.of(OrderState.DROPPED), 1_000_000)))
                .allSatisfy(
                        row -> assertThat(ledger.workOrder(row.heading().id())).isPresent());
    }

    private static List<String> ids(List<Owed> owed, String event) {
        return owed.stream()
                .filter(each -> each.event().equals(event))
                .map(each -> (String) each.fields().get("wo_id"))
                .toList();
    }

    @RepeatedTest(5)
    void a_process_that_was_killed_while_it_made_the_ledger_leaves_one_that_can_be_used() throws Exception {
        Path file = home.resolve("bus.db");
        Path temporary = Files.createDirectories(home.resolve("tmp"));
        try (var child = Child.start(
                LedgerChild.class, List.of("-Djava.io.tmpdir=" + temporary), file.toString(), "k", "1", "0")) {
            Await.until("there is a file", () -> Files.exists(file));
            child.kill();
        }
        try (var ledger = Ledgers.open(file, InstantSource.system())) {
            assertThat(ledger.drop(BusSamples.order("WO-1", "CLC"))).isEqualTo(new Accepted.New("WO-1"));
        }
    }

    @Test
    void processes_that_open_and_write_at_once_lose_nothing() throws Exception {
        Path file = home.resolve("bus.db");
        Path temporary = Files.createDirectories(home.resolve("tmp"));
        var children = new ArrayList<Child>();
        try {
            for (int i = 0; i < 3; i++) {
                children.add(Child.start(
                        LedgerChild.class,
                        List.of("-Djava.io.tmpdir=" + temporary),
                        file.toString(),
                        "p" + i,
                        "2",
                        "100",
                        "receive"));
            }
            var said = new ArrayList<String>();
            for (var child : children) {
                assertThat(child.line()).isEqualTo("open");
                said.addAll(child.rest());
            }
            assertThat(said)
                    .filteredOn(line -> line.startsWith("WO-"))
                    .hasSize(600)
                    .doesNotHaveDuplicates();
            assertThat(said).filteredOn(line -> line.startsWith("+WO-")).hasSize(600);
            assertThat(said).filteredOn(line -> line.equals("done")).hasSize(3);
            assertThat(said).hasSize(1_203);
        } finally {
            children.forEach(Child::close);
        }
        try (var ledger = Ledgers.open(file, InstantSource.system())) {
            assertThat(ledger.orders(OrderQuery.in(EnumSet.of(OrderState.DELIVERED), 1_000)))
                    .hasSize(600);
            assertThat(ledger.owed(10_000)).hasSize(1_200);
        }
    }
}
