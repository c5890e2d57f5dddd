package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Body;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Bytes;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.config.BusConfig;
import dev.steward.config.InboxConfig;
import dev.steward.config.OrderRules;
import dev.steward.config.WorkOrders;
import dev.steward.supervise.Clocks;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class InboxKeepingTest {
    private static final WorkOrders ORDERS = new WorkOrders(
            new BusConfig.Embedded(),
            Map.of("CLC", new InboxConfig("CLC", Optional.empty())),
            Map.of(),
            OrderRules.standard());

    @TempDir
    Path home;

    private Ledger ledger;
    private EmbeddedBus bus;
    private InboxKeeping inboxes;

    @BeforeEach
    void open() throws Exception {
        ledger = Ledgers.open(home.resolve("bus.db"), InstantSource.system());
        bus = new EmbeddedBus(ledger);
        start();
    }

    @AfterEach
    void close() throws Exception {
        inboxes.close();
        bus.close();
        ledger.close();
    }

    private void start() {
        var site = new Site("studio", home.resolve("inbox"), home.resolve("spool"), 1_000);
        inboxes = new InboxKeeping(bus, ledger, site, new Clocks(InstantSource.system(), System::nanoTime));
        inboxes.take(ORDERS);
    }

    private void restart() {
        inboxes.close();
        assertThat(inboxes.problems()).isEmpty();
        start();
    }

    /** One whose payload is not what its checksum says. */
    private WorkOrder dropBad() throws Exception {
        var body = new Body("0".repeat(64), 3, new Body.Content.Inline(Bytes.of(new byte[3])));
        var order = BusSamples.order(BusSamples.heading("WO-1", "CLC", "P3"), body);
        bus.drop(order);
        Await.until("a problem", () -> !inboxes.problems().isEmpty());
        return order;
    }

    private Path quarantined() throws Exception {
        try (var all = Files.list(home.resolve("inbox/CLC/.quarantine"))) {
            return all.findFirst().orElseThrow();
        }
    }

    private void awaitNoProblem() throws Exception {
        Await.until("no problem", () -> {
            inboxes.take(ORDERS);
            return inboxes.problems().isEmpty();
        });
    }

    @Test
    void an_order_in_quarantine_is_a_problem_until_its_folder_is_removed() throws Exception {
        dropBad();
        var problem = inboxes.problems().getFirst();
        assertThat(problem).startsWith("inbox CLC: order WO-1 was put into quarantine, " + quarantined() + ": ");
        restart();
        assertThat(inboxes.problems()).containsExactly(problem);
        inboxes.take(ORDERS);
        assertThat(inboxes.problems()).containsExactly(problem);

        try (var files = Files.walk(quarantined())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        awaitNoProblem();
        restart();
        assertThat(inboxes.problems()).isEmpty();
    }

    @Test
    void an_order_that_was_in_quarantine_and_came_well_after_all_is_no_problem_any_more() throws Exception {
        var order = dropBad();

        ledger.arrived(order, BusSamples.acknowledgement(order));

        restart();
        assertThat(quarantined()).isDirectory();
        assertThat(inboxes.problems()).isEmpty();
    }
}
