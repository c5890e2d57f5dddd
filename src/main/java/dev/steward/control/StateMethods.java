package dev.steward.control;

import dev.steward.control.Call.ClientGone;
import dev.steward.control.Method.Param;
import dev.steward.control.Method.Result;
import dev.steward.store.StoreException;
import java.time.ZoneId;
import java.util.List;

/** What can be asked of a node's memory. */
final class StateMethods {
    private static final int MOST = 100_000;
    private static final int PAGE = 500;
    private static final Param LIMIT = new Param("limit", "number", "the last so many (default 20)");

    private final Remembered remembered;
    private final ZoneId zone;

    StateMethods(Remembered remembered, ZoneId zone) {
        this.remembered = remembered;
        this.zone = zone;
    }

    List<Method> all() {
        return List.of(
                Method.of(
                        "history",
                        "The last transitions of an agent, oldest first.",
                        List.of(new Param("agent", "string", "the agent's name"), LIMIT, Format.PARAM),
                        this::history),
                Method.of(
                        "events",
                        "The last transitions of all agents, each in a notification \"line\"; the answer is the last one's number.",
                        List.of(LIMIT, new Param("follow", "boolean", "go on with those that come"), Format.PARAM),
                        this::events),
                Method.of(
                        "incidents",
                        "Incidents, newest first.",
                        List.of(new Param("open", "boolean", "only those that are open (default true)")),
                        this::incidents));
    }

    private Result history(Call call) throws RpcError, StoreException {
        var params = call.params();
        var agent = params.text("agent");
        var limit = params.number("limit", 20, MOST);
        return Format.isJson(params)
                ? Result.raw(remembered.historyJson(agent, limit))
                : Result.text(remembered.historyText(agent, limit));
    }

    private Result events(Call call) throws RpcError, StoreException, ClientGone, InterruptedException {
        var params = call.params();
        var asJson = Format.isJson(params);
        var follow = params.flag("follow");
        var events = remembered.lastEvents(params.number("limit", 20, MOST), asJson);
        send(call, events.lines());
        var last = events.last();
        while (follow) {
            call.lines().pause();
            var more = remembered.eventsAfter(last, PAGE, asJson);
            send(call, more.lines());
            last = more.last();
        }
        var reached = last;
        return json -> json.writeNumber(reached);
    }

    private static void send(Call call, List<String> lines) throws ClientGone {
        for (var line : lines) {
            call.lines().line(line);
        }
    }

    private Result incidents(Call call) throws RpcError, StoreException {
        var rows = remembered.incidents(call.params().flag("open", true));
        return json -> {
            json.writeStartObject();
            StatusJson.incidents(rows, zone, json);
            json.writeEndObject();
        };
    }
}
