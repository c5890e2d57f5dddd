package dev.steward.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One agent as it is written; the keys stand in the order in which the documentation tells of them. */
@Doc("A long-lived process that Steward keeps alive.")
record AgentSection(
        @Doc("A second name, for people and for other tools.") @Otherwise("the agent's name")
        Optional<String> label,

        @Doc("What the agent is for.") @Default("''") String description,

        @Doc("What to run: a list is executed as it is, a string is given to /bin/sh -c.")
        @Required("[./agent.sh, --quiet]")
        Optional<Command> command,

        @Doc("Where to run it.") @Default(".") Path directory,

        @Doc("Variables on top of the daemon's own; ${env:NAME} and ${file:path} are resolved at each start.")
        @Default("{}")
        @Matches(value = VARIABLE, saying = VARIABLE_SAYING)
        Map<String, Text> env,

        @Doc("A file of NAME=value lines, read at each start, below env.") @Otherwise("none")
        Optional<Path> envFile,

        @Doc("Whether the daemon starts it, as long as nobody started or stopped it by hand.") @Default("true")
        boolean autostart,

        @Doc("After which ends it is started again.") @Default("always")
        KeepAlive keepAlive,

        @Doc("The exit statuses that count as success.") @Default("[0]") @Range(min = 0, max = 255)
        Set<Integer> successExitCodes,

        @Doc("What proves that it is ready: one of after, file, tcp, http, log, notify.")
        @Otherwise("its first heartbeat if it has one, else alive for 1s")
        ReadySection ready,

        @Doc("How it is asked to stop.") Stop stop,

        @Doc("The pause before the next start after a failure.")
        Backoff backoff,

        @Doc("So many failures within so long open an incident.") @Default("{limit: 5, within: 60s}")
        Budget failures,

        @Doc("So many restarts within so long open an incident, and it is started with a pause, though ready.")
        @Default("{limit: 30, within: 60s}")
        Budget restarts,

        @Doc("What happens to processes of an ended incarnation that still live when the next starts.") @Default("kill")
        Leftovers leftovers,

        @Doc("Agents that must be ready, or have ended well, before this one starts; it stops before them.")
        @Default("[]")
        Needs needs,

        @Doc("The file that its output is appended to.") @Otherwise("<name>.log in the folder paths.logs")
        Optional<Path> log,

        @Doc("The umask of its processes.") @Otherwise("inherited")
        Optional<Umask> umask,

        @Doc("The niceness of its processes.") @Otherwise("inherited") @Range(min = -20, max = 19)
        Optional<Integer> nice,

        @Doc("The soft limits of its processes, as ulimit takes them.") @Default("{}")
        Map<ResourceLimit, LimitValue> limits,

        @Doc("Whether the node is unhealthy without it.") @Default("false")
        boolean critical,

        @Doc("Its own sign of life.") @Otherwise("none") Optional<HeartbeatSection> heartbeat)
        implements Section {

    static final String NAME = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
    static final String NAME_SAYING = "up to 64 letters, digits, dots, dashes and _, a letter or digit first";
    static final String VARIABLE = "^[A-Za-z_][A-Za-z0-9_.-]*$";
    static final String VARIABLE_SAYING = "letters, digits and _, a letter first";

    @Override
    public void validate(Scope at) {
        if (label.isPresent()
                && (label.get().isBlank() || label.get().length() > 200 || hasControls(label.get(), ""))) {
            at.key("label").problem("must be one line of 1 to 200 characters", "");
        }
        if (hasControls(description, "\n\t")) {
            at.key("description").problem("holds control characters", "write plain text");
        }
        checkBackoff(backoff, at.key("backoff"));
        env.keySet().stream()
                .filter(AgentEnvironment.GIVEN::contains)
                .forEach(name -> at.key("env").key(name).problem("Steward sets this variable itself", "remove it"));
    }

    static void checkBackoff(Backoff backoff, Scope at) {
        if (backoff.first().compareTo(backoff.max()) > 0) {
            at.problem(
                    "first (" + Durations.print(backoff.first()) + ") is longer than max ("
                            + Durations.print(backoff.max()) + ")",
                    "");
        }
    }

    private static boolean hasControls(String text, String allowed) {
        return text.chars().anyMatch(point -> Character.isISOControl(point) && allowed.indexOf(point) < 0);
    }
}
