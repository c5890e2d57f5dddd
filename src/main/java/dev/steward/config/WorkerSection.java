package dev.steward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One worker as it is written; the keys stand in the order in which the documentation tells of them. */
@Doc("A program that handles the orders of one inbox.")
record WorkerSection(
        @Doc("Whose orders it handles; no other worker has it. Received by the daemon, unless an agent does.")
        @Required("CLC")
        @Matches(value = InboxSection.NAME, saying = InboxSection.NAME_SAYING)
        Optional<String> inbox,

        @Doc("What to run for each order: a list is executed as it is, a string is given to /bin/sh -c.")
        @Required("[./handle.sh]")
        Optional<Command> command,

        @Doc("Where to run it.") @Default(".") Path directory,

        @Doc("Variables on top of the daemon's own; ${env:NAME} and ${file:path} are resolved at each attempt.")
        @Default("{}")
        @Matches(value = AgentSection.VARIABLE, saying = AgentSection.VARIABLE_SAYING)
        Map<String, Text> env,

        @Doc("A file of NAME=value lines, read at each attempt, below env.") @Otherwise("none")
        Optional<Path> envFile,

        @Doc("How many orders it handles at a time.") @Default("1") @Range(min = 1, max = MOST)
        int concurrency,

        @Doc("An attempt that takes longer is ended, and has failed.") @Default("15m") @Positive
        Duration timeout,

        @Doc("After so many failures beyond the first one the order is dead.") @Default("3") @Range(min = 0, max = MOST)
        int retries,

        @Doc("The pause before the next attempt after a failure.") @Default("{first: 1s, max: 5m}")
        Backoff backoff)
        implements Section {
    static final int MOST = 1_000;

    @Override
    public void validate(Scope at) {
        AgentSection.checkBackoff(backoff, at.key("backoff"));
        env.keySet().stream()
                .filter(WorkerSection::isStewardsOwn)
                .forEach(name -> at.key("env").key(name).problem("Steward sets this variable itself", "remove it"));
    }

    /** What an attempt finds in its environment of its order. */
    private static boolean isStewardsOwn(String variable) {
        return variable.equals("PWD") || (variable.startsWith("STEWARD_") && !variable.equals("STEWARD_JAVA_HOME"));
    }

    WorkerConfig toWorker(String name) {
        return new WorkerConfig(
                name,
                // Without an inbox or a command the file is refused; the check of its other keys goes on.
                inbox.orElse(name),
                new Invocation(command.orElse(new Command.Shell(":")), directory, env, envFile),
                concurrency,
                timeout,
                retries,
                backoff);
    }
}
