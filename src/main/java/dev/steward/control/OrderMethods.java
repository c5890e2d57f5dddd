package dev.steward.control;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderState;
import dev.steward.control.Call.ClientGone;
import dev.steward.control.Method.Param;
import dev.steward.control.Method.Result;
import dev.steward.control.OrderHand.Outcome;
import dev.steward.control.OrderHand.Wish;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be asked of and about work orders. */
final class OrderMethods {
    private static final int USUAL = 20;
    private static final int MOST = 1_000_000;
    /** A table is made in memory. */
    private static final int MOST_IN_A_TABLE = 10_000;

    private static final int LONGEST_WAIT_S = 86_400;
    private static final Param ID = new Param("id", "string", "the order's id; required");

    private final OrderDesk desk;
    private final Clock clock;

    OrderMethods(OrderDesk desk, Clock clock) {
        this.desk = desk;
        this.clock = clock;
    }

    List<Method> all() {
        return List.of(
                Method.of(
                        "orders",
                        "Work orders, newest first: a table, or each as a JSON object in a notification \"line\".",
                        List.of(
                                new Param("states", "list of strings", "only in these; default: all"),
                                new Param("to", "string", "only for this inbox"),
                                new Param("since", "string", "only what came to this node then or later (RFC 3339)"),
                                new Param("limit", "number", "the newest so many (default " + USUAL + ")"),
                                Format.PARAM),
                        this::orders),
                Method.of(
                        "order",
                        "One order; null if this node does not know it.",
                        List.of(ID, Format.PARAM),
                        this::order),
                Method.of(
                        "order_change",
                        "Changes an order by hand.",
                        List.of(
                                ID,
                                new Param("change", "string", "retry, cancel, abandon, done or fail; required"),
                                new Param("by", "string", "who asks; default: somebody"),
                                new Param("reason", "string", "why it is cancelled or abandoned, or has failed"),
                                new Param("output", "string", "the result, if it is done or has failed")),
                        this::change),
                Method.of(
                        "order_wait",
                        "Waits until an order is acknowledged, or at its end.",
                        List.of(
                                ID,
                                new Param("until", "string", "ack (default) or result"),
                                new Param("timeout_s", "number", "waits at most so long (default 60)")),
                        this::await));
    }

    private OrderReport report() throws BusException {
        return new OrderReport(desk.ledger(), clock, clock.getZone(), desk::hindrance);
    }

    private Result orders(Call call) throws RpcError, BusException, ClientGone {
        var params = call.params();
        var asJson = Format.isJson(params);
        var query = new OrderQuery(
                states(params),
                params.optionalText("to"),
                since(params),
                Optional.empty(),
                params.number("limit", USUAL, asJson ? MOST : MOST_IN_A_TABLE));
        if (!asJson) {
            return Result.text(report().table(query));
        }
        var count = report().each(query, call.lines()::line);
        return json -> json.writeNumber(count);
    }

    private static Set<OrderState> states(Params params) throws RpcError {
        var states = EnumSet.noneOf(OrderState.class);
        for (var word : params.has("states") ? params.texts("states") : List.<String>of()) {
            states.add(OrderState.of(word)
                    .orElseThrow(() -> Params.wrong("states", "there is no state " + Plain.of(word))));
        }
        return states;
    }

    private static Optional<Instant> since(Params params) throws RpcError {
        var text = params.optionalText("since");
        try {
            return text.map(it -> OffsetDateTime.parse(it).toInstant());
        } catch (DateTimeException e) {
            throw Params.wrong("since", "has to be a time like 2025-10-30T05:49:11+07:00");
        }
    }

    private Result order(Call call) throws RpcError, BusException {
        var id = call.params().text("id");
        return Format.isJson(call.params())
                ? Result.raw(report().json(id).orElse("null"))
                : report().text(id).map(Result::text).orElseGet(() -> Result.raw("null"));
    }

    private Result change(Call call) throws RpcError, BusException {
        var params = call.params();
        var verb = params.text("change");
        var wish = new Wish(
                params.text("id"),
                OrderVerb.of(verb).orElseThrow(() -> Params.wrong("change", "there is no change " + Plain.of(verb))),
                params.optionalText("by").orElse("somebody"),
                params.optionalText("reason").orElse(""),
                params.optionalText("output").orElse(""));
        if (wish.output().length() > dev.steward.bus.Result.OUTPUT_LIMIT) {
            throw Params.wrong("output", "has more than " + dev.steward.bus.Result.OUTPUT_LIMIT + " characters");
        }
        var outcome = new OrderHand(desk.ledger(), clock).change(wish);
        return json -> {
            json.writeStartObject();
            json.writeBooleanProperty("known", !(outcome instanceof Outcome.Unknown));
            JsonText.text(
                    json,
                    "state",
                    outcome instanceof Outcome.Changed changed
                            ? Optional.of(changed.state().word())
                            : Optional.empty());
            json.writeStringProperty("refused", outcome instanceof Outcome.Refused refused ? refused.reason() : "");
            json.writeEndObject();
        };
    }

    private Result await(Call call) throws Exception {
        var params = call.params();
        var word = params.optionalText("until").orElse(OrderGoal.ACK.word());
        var goal = OrderGoal.of(word).orElseThrow(() -> Params.wrong("until", "has to be ack or result"));
        var most = Duration.ofSeconds(params.number("timeout_s", 60, LONGEST_WAIT_S));
        var row = new OrderWait(desk.ledger(), params.text("id"), goal).in(call.lines(), most);
        var place = row.isEmpty() ? Optional.<OrderPlace>empty() : OrderPlace.of(row.get(), desk.ledger());
        var shape = new OrderJson(clock.getZone());
        var unreceived = Unreceived.in(desk.ledger()).flatMap(it -> row.flatMap(it::advice));
        return json -> {
            json.writeStartObject();
            JsonText.text(json, "verdict", row.map(it -> goal.verdict(it).word()));
            json.writeStringProperty("text", row.map(goal::told).orElse(""));
            json.writeName("order");
            row.ifPresentOrElse(it -> shape.whole(it, place, unreceived, json), json::writeNull);
            json.writeEndObject();
        };
    }
}
