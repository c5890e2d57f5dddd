package dev.steward.control;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.ledger.Ledger;
import dev.steward.control.Cell.Look;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Shows what a node knows of work orders, the same way with a daemon and without. Any thread. */
public final class OrderReport {
    /** Of a row with what an attempt wrote there may be much: so few are in memory at once. */
    private static final int PAGE = 50;

    private final Ledger ledger;
    private final InstantSource clock;
    private final ZoneId zone;
    private final Function<String, Optional<String>> hindrance;

    /**
     * Shows what a ledger holds.
     *
     * @param zone in which times are shown
     */
    public OrderReport(Ledger ledger, InstantSource clock, ZoneId zone) {
        this(ledger, clock, zone, _ -> Optional.empty());
    }

    /** @param hindrance what keeps the worker of an inbox from working */
    OrderReport(Ledger ledger, InstantSource clock, ZoneId zone, Function<String, Optional<String>> hindrance) {
        this.ledger = ledger;
        this.clock = clock;
        this.zone = zone;
        this.hindrance = hindrance;
    }

    /**
     * Takes text that somebody waits for.
     *
     * @param <E> what keeps it from doing so
     */
    public interface Taker<E extends Exception> {
        void take(String text) throws E;
    }

    private interface RowTaker<E extends Exception> {
        void take(OrderRow row) throws E;
    }

    /** A table, one line an order, newest first; empty if there is none. */
    public String table(OrderQuery query) throws BusException {
        var now = clock.instant();
        var unreceived = Unreceived.in(ledger);
        var table = Table.of("ID", "STATE", "TO", "FROM", "PRIORITY", "AGE", "TITLE", "NOTE");
        var count = this.<RuntimeException>rows(query, row -> {
            var heading = row.heading();
            table.add(List.of(
                    Cell.plain(Plain.of(heading.id())),
                    new Cell(row.state().word(), look(row.state())),
                    Cell.plain(Plain.of(heading.to())),
                    Cell.plain(Plain.of(heading.from())),
                    Cell.plain(Plain.of(heading.priority())),
                    Cell.plain(Times.span(Duration.between(row.since(), now))),
                    Cell.plain(Plain.of(heading.title())),
                    Cell.plain(Plain.of(note(row, unreceived)))));
        });
        var text = new StringBuilder();
        if (count > 0) {
            table.appendTo(text, false);
        }
        return text.toString();
    }

    private String note(OrderRow row, Optional<Unreceived> unreceived) {
        return switch (row.state()) {
            case DROPPED -> unreceived.flatMap(it -> it.note(row)).orElse(row.reason());
            case DELIVERED -> hindrance.apply(row.heading().to()).orElse(row.reason());
            case DEAD -> row.reason() + lastAttempt(row);
            case WORKING, FAILED, DONE, ABANDONED -> row.reason();
        };
    }

    /** How often it was tried in vain, if that is why it is dead. */
    private static String lastAttempt(OrderRow row) {
        return row.result()
                // Else somebody cancelled it after an attempt that failed.
                .filter(result -> result.reason().equals(row.reason()))
                .filter(result -> result.exit().isPresent() && row.attempt() > 1)
                .map(_ -> ", attempt " + row.attempt() + " of " + row.attempt())
                .orElse("");
    }

    private static Look look(OrderState state) {
        return switch (state) {
            case DROPPED, DELIVERED, WORKING, DONE, ABANDONED -> Look.PLAIN;
            case FAILED -> Look.ATTENTION;
            case DEAD -> Look.BAD;
        };
    }

    /**
     * Gives each order as a line of JSON, newest first, without what attempts wrote.
     *
     * @return how many
     */
    public <E extends Exception> int each(OrderQuery query, Taker<E> lines) throws BusException, E {
        var shape = new OrderJson(zone);
        return rows(query, row -> lines.take(JsonText.of(json -> shape.row(row, json))));
    }

    private <E extends Exception> int rows(OrderQuery query, RowTaker<E> rows) throws BusException, E {
        var count = 0;
        var next = query;
        while (count < query.most()) {
            var most = Math.min(PAGE, query.most() - count);
            var page = ledger.orders(next.atMost(most));
            for (var row : page) {
                rows.take(row);
            }
            count += page.size();
            if (page.size() < most) {
                break;
            }
            next = query.below(page.getLast().seq());
        }
        return count;
    }

    /** One order for people; empty if this node doesn't know it. */
    public Optional<String> text(String id) throws BusException {
        var row = ledger.order(id);
        return row.isEmpty() ? Optional.empty() : Optional.of(text(row.get()));
    }

    /** That nobody of this node receives an order, and what to do about it; empty if somebody does, or it does not wait. */
    public Optional<String> unreceived(String id) throws BusException {
        var row = ledger.order(id);
        return Unreceived.in(ledger).flatMap(it -> row.flatMap(it::advice));
    }

    private String text(OrderRow row) throws BusException {
        var unreceived = Unreceived.in(ledger).flatMap(it -> it.advice(row));
        return new OrderText(row, OrderPlace.of(row, ledger), unreceived, zone).text();
    }

    /** The same as a JSON object. */
    public Optional<String> json(String id) throws BusException {
        var row = ledger.order(id);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        var place = OrderPlace.of(row.get(), ledger);
        var unreceived = Unreceived.in(ledger).flatMap(it -> it.advice(row.get()));
        return Optional.of(JsonText.of(json -> new OrderJson(zone).whole(row.get(), place, unreceived, json)));
    }
}
