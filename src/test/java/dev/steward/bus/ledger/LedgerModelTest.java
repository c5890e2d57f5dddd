package dev.steward.bus.ledger;

import static dev.steward.bus.BusSamples.inline;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusException;
import dev.steward.bus.BusSamples;
import dev.steward.bus.Change;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random calls of a ledger in a file, and the same of lists in memory: both say the same, and hold the same after each. */
class LedgerModelTest {
    private static final List<String> INBOXES = List.of("CLC", "CLD");
    private static final List<Change> CHANGES = List.of(
            new Change.Begin(LedgerRig.WORK),
            new Change.Done(LedgerRig.good(1)),
            new Change.Failed(LedgerRig.bad(1), Optional.of(ModelAndLedger.NOW.plusSeconds(60))),
            new Change.Failed(LedgerRig.bad(1), Optional.empty()),
            new Change.Retry("ops"),
            new Change.Cancel("ops"),
            new Change.Abandon("rule", "old"));

    @Property(tries = 40)
    void a_ledger_does_what_its_model_does(@ForAll("steps") List<ModelAndLedger.Step> steps) throws Exception {
        Path home = Files.createTempDirectory("steward-model-");
        var both = new ModelAndLedger(home.resolve("bus.db"));
        try {
            for (var step : steps) {
                step.run(both);
                assertSame(both.model, both.ledger);
            }
        } finally {
            both.ledger.close();
            remove(home);
        }
    }

    private static void assertSame(Model model, Ledger ledger) throws BusException {
        assertThat(ledger.orders(OrderQuery.in(EnumSet.allOf(OrderState.class), 100))
                        .reversed())
                .extracting(LedgerModelTest::shown)
                .containsExactlyElementsOf(
                        model.orders.stream().map(LedgerModelTest::shown).toList());
        for (var inbox : INBOXES) {
            assertThat(ledger.waiting(inbox, 100, List.of()))
                    .containsExactlyElementsOf(sorted(model, inbox, OrderState.DROPPED).stream()
                            .map(each -> each.order)
                            .toList());
            assertThat(ledger.workable(inbox, 100))
                    .extracting(row -> row.heading().id())
                    .containsExactlyElementsOf(sorted(model, inbox, OrderState.DELIVERED, OrderState.FAILED).stream()
                            .filter(each -> each.here && each.due)
                            .map(Model.Known::id)
                            .toList());
        }
        for (var each : model.orders) {
            assertThat(ledger.workOrder(each.id()))
                    .isEqualTo(each.payload ? Optional.of(each.order) : Optional.empty());
        }
        assertThat(ledger.owed(1_000)).extracting(Owed::event).containsExactlyElementsOf(model.events);
        for (var from : List.of("CLS", "GG")) {
            assertThat(ledger.unheard(from, 100))
                    .extracting(heard -> heard.acknowledgement().id())
                    .containsExactlyElementsOf(
                            model.unheard(from).stream().map(Model.Known::id).toList());
        }
        assertThat(ledger.outgoing(100)).extracting(LedgerModelTest::shown).containsExactlyElementsOf(model.next());
    }

    private static List<Model.Known> sorted(Model model, String inbox, OrderState... states) {
        return model.orders.stream()
                .filter(each -> each.order.heading().to().equals(inbox)
                        && List.of(states).contains(each.state))
                .sorted(Comparator.comparing(each -> each.order.heading().priority()))
                .toList();
    }

    private static List<Object> shown(OrderRow row) {
        return List.of(
                row.heading(),
                row.origin(),
                row.state(),
                row.attempt(),
                row.acknowledgement().isPresent(),
                row.result().map(result -> result.success()));
    }

    private static List<Object> shown(Model.Known known) {
        return List.of(
                known.order.heading(), known.origin, known.state, known.attempt, known.acknowledged, known.result);
    }

    static String shown(Outgoing outgoing) {
        return switch (outgoing) {
            case Outgoing.Order each -> "order " + each.order().id();
            case Outgoing.Acked each -> "acked " + each.acknowledgement().id();
            case Outgoing.Answered each -> "answered " + each.id();
            case Outgoing.Quarantined each -> "quarantined " + each.id();
            case Outgoing.Withdrawn each -> "withdrawn " + each.id();
        };
    }

    @Provide
    static Arbitrary<List<ModelAndLedger.Step>> steps() {
        Arbitrary<ModelAndLedger.Step> step = Arbitraries.frequencyOf(
                Tuple.of(5, orders().map(ModelAndLedger::drop)),
                Tuple.of(4, orders().map(ModelAndLedger::arrived)),
                Tuple.of(2, orders().map(ModelAndLedger::found)),
                Tuple.of(2, orders().map(ModelAndLedger::quarantined)),
                Tuple.of(2, orders().map(order -> ModelAndLedger.quarantinedElsewhere(order.id()))),
                Tuple.of(3, orders().map(ModelAndLedger::acknowledged)),
                Tuple.of(
                        2,
                        orders().flatMap(order ->
                                Arbitraries.of(true, false).map(good -> ModelAndLedger.answered(order.id(), good)))),
                Tuple.of(
                        8,
                        orders().flatMap(order ->
                                Arbitraries.of(CHANGES).map(change -> ModelAndLedger.change(order.id(), change)))),
                Tuple.of(2, orders().map(order -> ModelAndLedger.forget(order.id()))),
                Tuple.of(2, Arbitraries.of("cls", "GG").map(ModelAndLedger::heard)),
                Tuple.of(1, Arbitraries.just(ModelAndLedger::sendAndRecord)),
                Tuple.of(1, Arbitraries.just(ModelAndLedger::sendAgain)),
                Tuple.of(1, Arbitraries.just(ModelAndLedger::restart)));
        return step.list().ofMinSize(1).ofMaxSize(40);
    }

    /** Few, so that they meet: three ids, of which two differ in case only. */
    private static Arbitrary<WorkOrder> orders() {
        var samples = new ArrayList<WorkOrder>();
        for (var id : List.of("WO-1", "WO-2", "WO-1", "WO-2", "wo-1")) {
            for (var inbox : INBOXES) {
                samples.add(order(id, inbox, id.equals("WO-2") ? "P1" : "P3"));
            }
        }
        samples.add(BusSamples.from("GG", order("WO-2", "CLC", "P1")));
        samples.add(BusSamples.with(order("WO-1", "CLC"), inline(new byte[] {1, 2})));
        return Arbitraries.of(samples);
    }

    private static void remove(Path home) throws IOException {
        try (var files = Files.walk(home)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
