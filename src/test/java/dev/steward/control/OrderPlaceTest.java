package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Site;
import dev.steward.bus.local.KnownSite;
import dev.steward.control.OrderHand.Outcome;
import dev.steward.control.OrderHand.Wish;
import dev.steward.testing.FakeLedger;
import dev.steward.testing.FakeNode;
import dev.steward.testing.FakeOrders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Orders of FakeOrders were acknowledged on the node studio, for the inbox CLC. */
class OrderPlaceTest {
    @TempDir
    Path home;

    private final FakeLedger ledger = new FakeLedger();
    private Path inbox;

    @BeforeEach
    void know() throws Exception {
        known("studio");
        inbox = Files.createDirectories(home.resolve("inbox/clc"));
    }

    private void known(String node) throws Exception {
        new KnownSite(new Site(node, home.resolve("inbox"), home.resolve("spool"), 1_000), "embedded").keepIn(ledger);
    }

    private Path lay(String folder) throws Exception {
        return Files.createDirectories(home.resolve(folder));
    }

    private Optional<OrderPlace> place(OrderRow row) throws Exception {
        return OrderPlace.of(row, ledger);
    }

    /** Dead, and never acknowledged. */
    private static OrderRow refused() {
        var row = FakeOrders.in(OrderState.ABANDONED, 1);
        return new OrderRow(
                row.seq(),
                row.heading(),
                row.origin(),
                false,
                OrderState.DEAD,
                "its checksum is another one",
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                row.hashes(),
                row.bodySize(),
                row.since(),
                row.changed());
    }

    @Test
    void a_delivered_one_lies_in_its_inbox_whose_name_may_be_in_another_case() throws Exception {
        var folder = lay("inbox/clc/WO-1");
        var row = FakeOrders.in(OrderState.DELIVERED, 1);
        ledger.put(row);

        assertThat(place(row)).contains(new OrderPlace("inbox", folder));
        var report = new OrderReport(ledger, InstantSource.fixed(FakeNode.NOW), ZoneOffset.UTC);
        assertThat(report.text("WO-1").orElseThrow()).contains("  folder        " + folder + "\n");
        var json = JsonMapper.shared().readTree(report.json("WO-1").orElseThrow());
        assertThat(json.get("folder").asString()).isEqualTo(folder.toString());
        assertThat(json.get("place").asString()).isEqualTo("inbox");
    }

    @Test
    void one_that_came_to_its_end_may_lie_in_the_archive() throws Exception {
        var folder = lay("inbox/.archive/clc/2025-10-30/WO-1");
        var row = FakeOrders.in(OrderState.DONE, 1);

        assertThat(place(row)).contains(new OrderPlace("archive", folder));
        assertThat(new OrderText(row, place(row), Optional.empty(), ZoneOffset.UTC).text())
                .contains("  folder        " + folder + " (archive)\n");
    }

    @Test
    void one_that_was_refused_lies_in_quarantine() throws Exception {
        lay("inbox/clc/.quarantine/WO-11~0123456789abcdef");
        lay("inbox/clc/.quarantine/WO-1~other");
        assertThat(place(refused())).isEmpty();
        var folder = lay("inbox/clc/.quarantine/WO-1~0123456789abcdef");

        assertThat(place(refused())).contains(new OrderPlace("quarantine", folder));
    }

    @Test
    void one_that_is_elsewhere_or_gone_has_no_place() throws Exception {
        var row = FakeOrders.in(OrderState.DONE, 1);
        ledger.put(row);
        assertThat(place(row)).isEmpty();
        var folder = lay("inbox/clc/WO-1");
        known("another-name");
        assertThat(place(row)).contains(new OrderPlace("inbox", folder));
        assertThat(place(elsewhere(row))).isEmpty();
        ledger.put(elsewhere(row));
        assertThat(place(FakeOrders.in(OrderState.DROPPED, 1))).isEmpty();
        var report = new OrderReport(ledger, InstantSource.fixed(FakeNode.NOW), ZoneOffset.UTC);
        assertThat(report.text("WO-1").orElseThrow()).doesNotContain("folder");
        assertThat(report.json("WO-1").orElseThrow()).contains("\"place\":null", "\"folder\":null");
    }

    @Test
    void one_that_is_retried_comes_back_from_the_archive_though_it_has_no_worker() throws Exception {
        lay("inbox/.archive/clc/2025-10-30/WO-1");
        ledger.put(FakeOrders.in(OrderState.DEAD, 1));
        var hand = new OrderHand(ledger, InstantSource.fixed(FakeNode.NOW));

        assertThat(hand.change(new Wish("WO-1", OrderVerb.CANCEL, "me", "", "")))
                .isInstanceOf(Outcome.Refused.class);
        assertThat(inbox.resolve("WO-1")).doesNotExist();
        assertThat(hand.change(new Wish("WO-1", OrderVerb.RETRY, "me", "", "")))
                .isEqualTo(new Outcome.Changed(OrderState.DELIVERED));
        assertThat(inbox.resolve("WO-1")).isDirectory();
        assertThat(home.resolve("inbox/.archive/clc/2025-10-30/WO-1")).doesNotExist();
    }

    private static OrderRow elsewhere(OrderRow row) {
        return new OrderRow(
                row.seq(),
                row.heading(),
                row.origin(),
                false,
                row.state(),
                row.reason(),
                row.attempt(),
                row.failures(),
                row.due(),
                row.work(),
                row.acknowledgement(),
                row.result(),
                row.hashes(),
                row.bodySize(),
                row.since(),
                row.changed());
    }
}
