package dev.steward.control;

import dev.steward.control.Call.ClientGone;
import dev.steward.control.Method.Param;
import dev.steward.control.Method.Result;
import dev.steward.posix.Signal;
import dev.steward.supervise.AgentStatus;
import dev.steward.supervise.UnknownAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/** What can be asked of and about agents. */
final class AgentMethods {
    private static final Param AGENT = new Param("agent", "string", "the agent's name");
    private static final List<Param> CHANGE = List.of(
            new Param("agents", "list of strings", "their names; or"),
            new Param("all", "boolean", "every agent"),
            new Param("wait", "boolean", "answer when it is done (default true)"),
            new Param("timeout_s", "number", "wait at most so long (default 3600); what was begun goes on"));

    private final Agents agents;
    private final DaemonControl daemon;

    AgentMethods(Agents agents, DaemonControl daemon) {
        this.agents = agents;
        this.daemon = daemon;
    }

    List<Method> all() {
        return List.of(
                Method.of("is_up", "Whether an agent is up, and its state.", List.of(AGENT), this::isUp),
                Method.of(
                        "start",
                        "Starts agents, and what they need.",
                        CHANGE,
                        call -> change(call, agents::start, AgentMethods::arrivedWell)),
                Method.of(
                        "stop",
                        "Stops agents; they stay stopped.",
                        CHANGE,
                        call -> change(call, agents::stop, AgentMethods::stoppedWell)),
                Method.of(
                        "restart",
                        "Replaces agents' processes.",
                        CHANGE,
                        call -> change(call, agents::restart, AgentMethods::arrivedWell)),
                Method.of(
                        "signal",
                        "Sends a signal to an agent's main process; the answer is whether there is one.",
                        List.of(AGENT, new Param("signal", "string", "HUP, SIGHUP or 1")),
                        this::signal),
                Method.of(
                        "log_path",
                        "The file with an agent's output.",
                        List.of(AGENT),
                        call -> Result.text(find(call).config().log().toString())));
    }

    private AgentStatus find(Call call) throws RpcError {
        var name = call.params().text("agent");
        var all = agents.status();
        return all.stream()
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UnknownAgent("There is no agent '" + Plain.of(name) + "'; there are: "
                        + String.join(", ", all.stream().map(AgentStatus::name).toList())));
    }

    private Result isUp(Call call) throws RpcError {
        var status = find(call);
        return json -> {
            json.writeStartObject();
            json.writeBooleanProperty("up", status.isUp());
            json.writeStringProperty("state", status.state());
            json.writeStringProperty("reason", status.reason());
            json.writeEndObject();
        };
    }

    private Result signal(Call call) throws RpcError {
        var name = call.params().text("signal");
        var signal = Signal.parse(name)
                .orElseThrow(() ->
                        Params.wrong("signal", Plain.of(name) + " is none that has a name here, such as HUP or 1"));
        var sent = agents.signal(call.params().text("agent"), signal);
        return json -> json.writeBoolean(sent);
    }

    private Result change(
            Call call,
            Function<List<String>, CompletableFuture<List<AgentStatus>>> order,
            Predicate<AgentStatus> wanted)
            throws RpcError, ClientGone, InterruptedException, ExecutionException {
        var params = call.params();
        var names = names(params);
        var timeout = params.number("timeout_s", 3600, 1_000_000);
        var wait = params.flag("wait", true);
        var done = order.apply(names);
        if (!wait) {
            return result(false, true, List.of());
        }
        try {
            return outcome(true, call.lines().await(done, Duration.ofSeconds(timeout)), names, wanted);
        } catch (TimeoutException e) {
            return outcome(false, agents.status(), names, wanted);
        }
    }

    /** Up, or ended as it should: of a bad end an incident tells. */
    private static boolean arrivedWell(AgentStatus status) {
        return status.isUp()
                || (status.state().equals("ended") && status.incidents().isEmpty());
    }

    /** Nothing of it lives: of what could not be ended an incident tells. */
    private static boolean stoppedWell(AgentStatus status) {
        return status.state().equals("stopped") && status.incidents().isEmpty();
    }

    private List<String> names(Params params) throws RpcError {
        if (params.flag("all")) {
            if (params.has("agents")) {
                throw Params.wrong("all", "goes without agents");
            }
            return agents.status().stream().map(AgentStatus::name).toList();
        }
        var names = params.texts("agents");
        if (names.isEmpty()) {
            throw Params.wrong("agents", "names none; say all for every agent");
        }
        return names;
    }

    /** Others may have been moved by it too, so that only those which were named are told of. */
    private Result outcome(boolean done, List<AgentStatus> all, List<String> names, Predicate<AgentStatus> wanted) {
        var named = all.stream().filter(status -> names.contains(status.name())).toList();
        return result(done, named.stream().allMatch(wanted), named);
    }

    private Result result(boolean done, boolean well, List<AgentStatus> agents) {
        var problems = daemon.storeProblems();
        return json -> {
            json.writeStartObject();
            json.writeBooleanProperty("done", done);
            json.writeBooleanProperty("well", well);
            json.writeStringProperty("text", text(agents));
            if (!problems.isEmpty()) {
                json.writeStringProperty(
                        "warning",
                        "this may be forgotten when the daemon starts next: " + Plain.of(String.join("; ", problems)));
            }
            json.writeArrayPropertyStart("agents");
            for (var status : agents) {
                json.writeStartObject();
                json.writeStringProperty("name", status.name());
                json.writeStringProperty("state", status.state());
                json.writeStringProperty("reason", status.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
    }

    private static String text(List<AgentStatus> agents) {
        var table = new Table();
        for (var status : agents) {
            var row = new ArrayList<>(List.of(Cell.plain(status.name()), Cell.plain(status.state())));
            var pid = status.process().map(running -> "pid " + running.pid());
            row.add(Cell.plain(status.isUp() ? pid.orElse("") : why(status)));
            table.add(row);
        }
        var text = new StringBuilder();
        table.appendTo(text, false);
        return text.toString();
    }

    private static String why(AgentStatus status) {
        return status.reason().equals(status.state()) ? "" : Plain.of(status.reason());
    }
}
