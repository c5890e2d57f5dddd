package dev.steward.orders.archive;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Work;
import dev.steward.bus.ledger.Ledger;
import dev.steward.config.DataSize;
import dev.steward.config.OrderRules;
import dev.steward.orders.Spool;
import dev.steward.orders.work.MemoryLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Inboxes with orders in all states, and passes over them under a clock that a test turns. */
final class Cellar {
    static final Instant NOW = Instant.parse("2025-10-30T12:00:00Z");

    final Path inboxes;
    final Path spool;
    final MemoryLedger ledger = new MemoryLedger(() -> NOW);
    private final AtomicLong nanos = new AtomicLong();
    private long seq;

    Cellar(Path folder) throws IOException {
        inboxes = Files.createDirectories(folder.resolve("inbox"));
        spool = folder.resolve("spool");
    }

    static OrderRules rules(Duration archiveAfter, int keep, Duration keepFor) {
        return new OrderRules(
                new DataSize(1000),
                archiveAfter,
                new OrderRules.Keep(keep, keepFor),
                Optional.empty(),
                Duration.ofMinutes(1));
    }

    static OrderRules abandoning(Duration after) {
        return new OrderRules(
                new DataSize(1000),
                Duration.ofDays(1),
                new OrderRules.Keep(1000, Duration.ofDays(30)),
                Optional.of(after),
                Duration.ofMinutes(1));
    }

    /** Makes an order known that changed so long ago. */
    void know(String id, OrderState state, Duration ago) {
        var at = NOW.minus(ago);
        var heading = new Heading(id, "CLC", "CLS", "P3", "A title", "", at);
        var ack = new Acknowledgement(id, "CLC", "steward", "here", "", at, 1, "a", "b");
        ledger.put(new OrderRow(
                ++seq,
                heading,
                OrderRow.Origin.DROPPED_HERE,
                true,
                state,
                "",
                1,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(ack),
                Optional.empty(),
                new OrderRow.Hashes("a", "b"),
                1,
                at,
                at));
    }

    /** Work on it begins. */
    void begin(String id) {
        try {
            ledger.change(id, new Change.Begin(new Work("clc", 4711, 1, "boot", NOW)));
        } catch (BusException e) {
            throw new AssertionError(e);
        }
    }

    /** The same, and its folder lies in its inbox. */
    Path lay(String id, OrderState state, Duration ago) throws IOException {
        know(id, state, ago);
        return lay(inboxes.resolve("CLC"), id);
    }

    static Path lay(Path parent, String id) throws IOException {
        var order = Files.createDirectories(parent.resolve(id));
        Files.writeString(order.resolve(id + ".yaml"), "wo_id: \"" + id + "\"\n");
        Files.writeString(order.resolve("body.txt"), "what is to be done");
        Files.createDirectories(order.resolve("evidence"));
        Files.writeString(order.resolve("evidence").resolve("manifest.json"), "{}");
        return order;
    }

    Path archived(String day, String id) {
        return inboxes.resolve(".archive").resolve("CLC").resolve(day).resolve(id);
    }

    /** One pass, at the present moment. */
    Set<String> pass(OrderRules rules) throws Exception {
        return pass(rules, ledger, new Pace(nanos::get, _ -> {}));
    }

    Set<String> pass(OrderRules rules, Ledger ledger, Pace pace) throws Exception {
        var pass = new Pass(new Pass.Tools(ledger, new Shelves(inboxes), new Spool(spool), pace), rules, NOW);
        pass.run();
        return pass.problems();
    }

    boolean knows(String id) throws Exception {
        return ledger.order(id).isPresent();
    }
}
