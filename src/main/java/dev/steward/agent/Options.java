package dev.steward.agent;

import dev.steward.orders.InboxName;
import dev.steward.orders.OrderException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told, by its arguments or else by its environment.
 *
 * @param home of the daemon whose bus it uses, absolute
 * @param inbox whose orders it receives, if any
 * @param heartbeat the file it writes at each beat, if any
 */
record Options(String name, Path home, Optional<InboxName> inbox, Optional<Path> heartbeat, Duration every) {
    static final String USAGE = """
            Usage: steward agent --name NAME [--inbox NAME] [--heartbeat FILE] [--every INTERVAL] [--home DIR]

            The reference agent: says that it booted, then beats until it is told to stop (TERM or INT). It receives the work
            orders of an inbox, and tells of the acknowledgements of those that were dropped in its name.

              --name NAME        its name: letters, digits, dot, dash, underscore
              --inbox NAME       the inbox whose orders it receives, for example CLS
              --heartbeat FILE   written at each beat, as {"ts":…,"iter":…}; default: $STEWARD_HEARTBEAT_FILE
              --every INTERVAL   between two beats: 500ms, 10s, 1m; default: $STEWARD_HEARTBEAT_EVERY, else 10s
              --home DIR         the daemon's folder; default: $STEWARD_HOME, else ~/.local/state/steward

            Example: steward agent --name cls --inbox CLS --heartbeat g/metrics/cls_agent_heartbeat.json --every 10s
            """;

    private static final List<String> KNOWN = List.of("--name", "--inbox", "--heartbeat", "--every", "--home");

    /** Somebody's mistake in calling the agent; the message is for people. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1;

        Misuse(String message) {
            super(message);
        }
    }

    static Options parse(List<String> arguments, Map<String, String> environment) throws Misuse {
        var given = read(arguments);
        var every = given.getOrDefault("--every", environment.getOrDefault("STEWARD_HEARTBEAT_EVERY", "10s"));
        return new Options(
                name(given.get("--name")),
                home(given.get("--home"), environment),
                inbox(given.get("--inbox")),
                heartbeat(given.getOrDefault("--heartbeat", environment.getOrDefault("STEWARD_HEARTBEAT_FILE", ""))),
                Every.parse(every)
                        .orElseThrow(() -> new Misuse(
                                "--every " + every + ": not an interval; write 500ms, 10s or 1m, at most 24h")));
    }

    private static Map<String, String> read(List<String> arguments) throws Misuse {
        var given = new HashMap<String, String>();
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var argument = rest.next();
            var equals = argument.indexOf('=');
            var option = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            if (!KNOWN.contains(option)) {
                throw new Misuse("unknown argument " + argument + "; see steward agent --help");
            }
            if (!option.equals(argument)) {
                given.put(option, argument.substring(equals + 1));
            } else if (rest.hasNext()) {
                given.put(option, rest.next());
            } else {
                throw new Misuse(option + " needs a value; see steward agent --help");
            }
        }
        return given;
    }

    private static String name(@Nullable String name) throws Misuse {
        if (name == null) {
            throw new Misuse("--name is missing, for example: steward agent --name cls");
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new Misuse(
                    "--name: at most 64 letters, digits, dots, dashes and underscores, the first a letter or digit");
        }
        return name;
    }

    private static Path home(@Nullable String home, Map<String, String> environment) throws Misuse {
        try {
            return Home.locate(Optional.ofNullable(home), environment);
        } catch (InvalidPathException e) {
            throw new Misuse("--home: not a path: " + e.getReason());
        }
    }

    private static Optional<InboxName> inbox(@Nullable String inbox) throws Misuse {
        try {
            return inbox == null ? Optional.empty() : Optional.of(InboxName.of(inbox));
        } catch (OrderException e) {
            throw new Misuse("--inbox: " + e.getMessage());
        }
    }

    private static Optional<Path> heartbeat(String heartbeat) throws Misuse {
        try {
            return heartbeat.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Path.of(heartbeat).toAbsolutePath());
        } catch (InvalidPathException e) {
            throw new Misuse("--heartbeat: not a path: " + e.getReason());
        }
    }
}
