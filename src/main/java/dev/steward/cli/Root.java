package dev.steward.cli;

import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.control.Answer;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import dev.steward.control.Question;
import dev.steward.control.Remembered;
import dev.steward.daemon.Guard;
import dev.steward.daemon.Home;
import dev.steward.daemon.Program;
import dev.steward.store.StateReader;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code steward} itself: what every command has in common. */
@Command(
        name = "steward",
        description = "Keeps a machine's agents alive while nobody is watching.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  steward init                    write a first configuration",
            "  steward up --detach             start the daemon and its agents",
            "  steward status                  see how they are",
            "  steward logs cls -f             watch one agent's output",
            "  steward help COMMAND            more of each, with examples"
        })
final class Root implements Callable<Integer> {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int LOOKS = 100;

    private final Caller caller;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            scope = ScopeType.INHERIT,
            description = "The daemon's folder; default: $$STEWARD_HOME, else ~/.local/state/steward.")
    private Optional<String> home = Optional.empty();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The configuration; default: $$STEWARD_CONFIG, else steward.yaml in the home.")
    private Optional<String> config = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "This help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "The same as: steward version.")
    private boolean version;

    Root(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    Caller caller() {
        return caller;
    }

    boolean helpWanted() {
        return help || version;
    }

    Home home() throws Failure {
        try {
            return Home.locate(home, caller.environment(), caller.here());
        } catch (InvalidPathException e) {
            throw new Failure(Exit.USAGE, "--home: not a path: " + e.getReason());
        }
    }

    Path configFile() throws Failure {
        try {
            return home().configuration(config, caller.environment(), caller.here());
        } catch (InvalidPathException e) {
            throw new Failure(Exit.USAGE, "--config: not a path: " + e.getReason());
        }
    }

    /** What said which configuration is meant, for people; empty if it is the home's own. */
    Optional<String> configNamedBy() {
        return config.map(_ -> "--config")
                .or(() -> Optional.ofNullable(caller.environment().get("STEWARD_CONFIG"))
                        .filter(value -> !value.isEmpty())
                        .map(_ -> "STEWARD_CONFIG"));
    }

    Path path(String argument) throws Failure {
        try {
            return caller.here().resolve(argument).normalize();
        } catch (InvalidPathException e) {
            throw new Failure(Exit.USAGE, "not a path: " + e.getReason());
        }
    }

    Configuration configuration() throws Failure, ConfigException {
        return Program.loader(caller.environment()).load(configFile());
    }

    /** A daemon that is just being started again, or replaced, is waited for. */
    ControlClient connect() throws Failure, ControlException {
        for (var i = 0; ; i++) {
            try {
                return ControlClient.connect(home().folder()).greet();
            } catch (ControlException e) {
                if (e.kind() != Kind.NOT_RUNNING || i == LOOKS || !comes()) {
                    throw e;
                }
                pause();
            }
        }
    }

    private boolean comes() throws Failure {
        try {
            return Unanswered.at(home()).isPresent()
                    || Guard.of(home()).filter(guard -> guard.next().isEmpty()).isPresent();
        } catch (IOException e) {
            throw new Failure(Exit.UNAVAILABLE, "whether a daemon lives cannot be found out: " + e.getMessage());
        }
    }

    private void pause() throws Failure {
        try {
            caller.pause().of(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(Exit.INTERRUPTED, "interrupted");
        }
    }

    /** A command for people to type, which means the same home and configuration as this one. */
    String again(String words) {
        return "steward " + said("--home", home) + said("--config", config) + words;
    }

    private static String said(String option, Optional<String> value) {
        return value.map(text -> option + " " + quoted(text) + " ").orElse("");
    }

    private static String quoted(String text) {
        return text.matches("[\\w./+:@%,=~-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    Answer ask(Question question) throws Failure, ControlException {
        return ask(question, _ -> {});
    }

    Answer ask(Question question, Consumer<String> lines) throws Failure, ControlException {
        try (var client = connect()) {
            return client.ask(question, lines);
        }
    }

    /** What the node remembers, read while there is no daemon. */
    StateReader state() throws Failure, StoreException {
        return Store.openReadOnly(home().state());
    }

    static Remembered remembered(StateReader state) {
        return new Remembered(state, Caller.zone());
    }
}
