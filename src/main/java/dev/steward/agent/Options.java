package dev.steward.agent;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the agent was told, by its arguments or else by its environment.
 *
 * @param heartbeat the file it writes at each beat, if any
 */
record Options(String name, Optional<Path> heartbeat, Duration every) {
    static final String USAGE = """
            Usage: steward agent --name NAME [--heartbeat FILE] [--every INTERVAL]

            The reference agent: says that it booted, then beats until it is told to stop (TERM or INT).

              --name NAME        its name: letters, digits, dot, dash, underscore
              --heartbeat FILE   written at each beat, as {"ts":…,"iter":…}; default: $STEWARD_HEARTBEAT_FILE
              --every INTERVAL   between two beats: 500ms, 10s, 1m; default: $STEWARD_HEARTBEAT_EVERY, else 10s

            Example: steward agent --name cls --heartbeat g/metrics/cls_agent_heartbeat.json --every 10s
            """;

    /** Somebody's mistake in calling the agent; the message is for people. */
    static final class Misuse extends Exception {
        private static final long serialVersionUID = 1;

        Misuse(String message) {
            super(message);
        }
    }

    static Options parse(List<String> arguments, Map<String, String> environment) throws Misuse {
        var given =
                new Given(null, environment.get("STEWARD_HEARTBEAT_FILE"), environment.get("STEWARD_HEARTBEAT_EVERY"));
        var rest = arguments.iterator();
        while (rest.hasNext()) {
            var argument = rest.next();
            var equals = argument.indexOf('=');
            var option = argument.startsWith("--") && equals > 0 ? argument.substring(0, equals) : argument;
            if (option.equals("--inbox")) {
                throw new Misuse("--inbox: work orders come with a later version of Steward; leave it out");
            }
            if (!List.of("--name", "--heartbeat", "--every").contains(option)) {
                throw new Misuse("unknown argument " + argument + "; see steward agent --help");
            }
            if (!option.equals(argument)) {
                given = given.with(option, argument.substring(equals + 1));
            } else if (rest.hasNext()) {
                given = given.with(option, rest.next());
            } else {
                throw new Misuse(option + " needs a value; see steward agent --help");
            }
        }
        return given.checked();
    }

    private record Given(
            @Nullable String name,
            @Nullable String heartbeat,
            @Nullable String every) {
        Given with(String option, String value) {
            return switch (option) {
                case "--name" -> new Given(value, heartbeat, every);
                case "--heartbeat" -> new Given(name, value, every);
                default -> new Given(name, heartbeat, value);
            };
        }

        Options checked() throws Misuse {
            if (name == null) {
                throw new Misuse("--name is missing, for example: steward agent --name cls");
            }
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
                throw new Misuse(
                        "--name: at most 64 letters, digits, dots, dashes and underscores, the first a letter or digit");
            }
            var interval = Every.parse(every == null ? "10s" : every);
            if (interval.isEmpty()) {
                throw new Misuse("--every " + every + ": not an interval; write 500ms, 10s or 1m, at most 24h");
            }
            return new Options(name, file(), interval.get());
        }

        private Optional<Path> file() throws Misuse {
            if (heartbeat == null || heartbeat.isEmpty()) {
                return Optional.empty();
            }
            try {
                return Optional.of(Path.of(heartbeat).toAbsolutePath());
            } catch (InvalidPathException e) {
                throw new Misuse("--heartbeat: not a path: " + e.getReason());
            }
        }
    }
}
