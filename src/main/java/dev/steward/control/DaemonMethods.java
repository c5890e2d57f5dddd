package dev.steward.control;

import dev.steward.bus.BusException;
import dev.steward.config.ConfigException;
import dev.steward.control.Call.ClientGone;
import dev.steward.control.Method.Param;
import dev.steward.control.Method.Result;
import dev.steward.store.IncidentRow;
import dev.steward.store.StoreException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be asked of and about the daemon as a whole. */
final class DaemonMethods {
    private static final Logger LOG = LoggerFactory.getLogger(DaemonMethods.class);

    private final DaemonControl daemon;
    private final Agents agents;
    private final Remembered remembered;
    private final OrderDesk orders;
    private final ZoneId zone;

    DaemonMethods(DaemonControl daemon, Agents agents, Remembered remembered, OrderDesk orders, ZoneId zone) {
        this.daemon = daemon;
        this.agents = agents;
        this.remembered = remembered;
        this.orders = orders;
        this.zone = zone;
    }

    List<Method> all() {
        return List.of(
                Method.of(
                        "ping",
                        "Whether the daemon is ready or goes down, its pid and version.",
                        List.of(),
                        _ -> ping()),
                Method.of(
                        "status",
                        "The daemon, its agents and its inboxes at a glance.",
                        List.of(Format.PARAM, new Param("color", "boolean", "with colours, as text for a terminal")),
                        this::status),
                Method.of(
                        "reload",
                        "Takes up the configuration file as it is now; only agents whose section changed are touched.",
                        List.of(),
                        _ -> reload()),
                new Method(
                        "upgrade",
                        "Replaces the daemon by the version of a launcher, in the same process; agents go on.",
                        List.of(new Param("launcher", "string", "the launcher's absolute path; required")),
                        this::upgrade,
                        daemon::leave),
                new Method(
                        "down",
                        "Stops the agents, then the daemon; tells how it goes in notifications \"line\".",
                        List.of(
                                new Param("keep_agents", "boolean", "the agents go on without a daemon"),
                                new Param("now", "boolean", "kills them at once")),
                        this::down,
                        daemon::leave));
    }

    private Result ping() {
        var info = daemon.info();
        return json -> {
            json.writeStartObject();
            json.writeBooleanProperty("ready", info.ready());
            json.writeNumberProperty("pid", info.pid());
            json.writeStringProperty("version", info.version());
            json.writeBooleanProperty("going_down", daemon.goingDown());
            json.writeEndObject();
        };
    }

    private Result upgrade(Call call) throws RpcError, CannotBeReplaced {
        var launcher = Path.of(call.params().text("launcher"));
        if (!launcher.isAbsolute()) {
            throw new RpcError(RpcError.INVALID_PARAMS, "launcher: an absolute path is wanted");
        }
        daemon.upgrade(launcher);
        return Result.text("the daemon is being replaced");
    }

    private Result status(Call call) throws RpcError {
        var params = call.params();
        var colour = params.flag("color");
        var snapshot = snapshot();
        return Format.isJson(params)
                ? json -> StatusJson.write(snapshot, zone, json)
                : Result.text(StatusText.of(snapshot, colour));
    }

    private Snapshot snapshot() {
        var info = daemon.info();
        var problems = new ArrayList<>(info.problems());
        var incidents = openIncidents(problems);
        var inboxes = inboxes(problems);
        return new Snapshot(
                new DaemonControl.Info(
                        info.ready(),
                        info.pid(),
                        info.version(),
                        info.home(),
                        info.config(),
                        info.node(),
                        info.uptime(),
                        info.bus(),
                        problems),
                agents.freshStatus(),
                inboxes,
                incidents);
    }

    /** A status is wanted most when something is broken: a store that cannot be read is one problem more. */
    private List<IncidentRow> openIncidents(List<String> problems) {
        try {
            return remembered.incidents(true);
        } catch (StoreException e) {
            LOG.warn("incidents cannot be read", e);
            problems.add("incidents cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private List<InboxStatus> inboxes(List<String> problems) {
        try {
            return orders.inboxes();
        } catch (BusException e) {
            LOG.warn("orders cannot be counted", e);
            problems.add("orders cannot be counted: " + e.getMessage());
            return List.of();
        }
    }

    private Result reload() throws ConfigException {
        return Result.text(daemon.reload());
    }

    private Result down(Call call) throws RpcError, InterruptedException {
        var params = call.params();
        daemon.down(params.flag("keep_agents"), params.flag("now"), whileTaken(call));
        return Result.text("the daemon is down");
    }

    /** Agents are stopped whether or not somebody still watches. */
    private static Consumer<String> whileTaken(Call call) {
        return line -> {
            try {
                call.lines().line(line);
            } catch (ClientGone e) {
                LOG.debug("nobody watches the end: {}", line, e);
            }
        };
    }
}
