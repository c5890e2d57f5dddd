package dev.steward.cli;

import dev.steward.config.AgentEnvironment;
import dev.steward.config.ConfigException;
import dev.steward.config.Text;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.Question;
import dev.steward.daemon.Home;
import dev.steward.daemon.Program;
import dev.steward.platform.CannotInstall;
import dev.steward.platform.Host;
import dev.steward.platform.Installation;
import dev.steward.platform.KeptEnvironment;
import dev.steward.platform.Launch;
import dev.steward.platform.Scope;
import dev.steward.platform.Service;
import dev.steward.platform.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What {@code install} and {@code uninstall} have in common: the service that a home's daemon is to the machine's init. */
final class AtBoot {
    private final Root root;
    private final Host host;
    private final Scope scope;

    /** @param asked as it was said in the command line */
    AtBoot(Root root, Host host, Optional<Scope> asked) throws Failure {
        this.root = root;
        this.host = host;
        scope = asked.orElse(host.isRoot() ? Scope.SYSTEM : Scope.USER);
        if (scope == Scope.SYSTEM && !host.isRoot()) {
            throw new Failure(
                    Exit.NOT_PERMITTED,
                    "--system writes where root alone may: sudo steward --home "
                            + root.home().folder() + " …, or --user for your own");
        }
    }

    Scope scope() {
        return scope;
    }

    Installation installation() throws Failure, IOException, CannotInstall {
        var home = root.home().folder();
        var shell = root.caller().environment();
        var launch = new Launch(Program.launcher(), home, root.configFile());
        var service = new Service(ServiceName.of(real(home), real(usual())), launch, user(home), kept());
        return Installation.of(host, scope, shell, service, root.caller()::say);
    }

    /** Agents get the rights of whom their home belongs to, whoever installs. */
    private Optional<String> user(Path home) throws IOException {
        return switch (scope) {
            case USER -> Optional.empty();
            case SYSTEM ->
                Optional.of(Files.isDirectory(home) ? Files.getOwner(home).getName() : "root");
        };
    }

    private SortedMap<String, String> kept() {
        return KeptEnvironment.of(root.caller().environment());
    }

    private Path usual() {
        var environment = new HashMap<>(root.caller().environment());
        environment.remove("STEWARD_HOME");
        return Home.locate(Optional.empty(), environment, root.caller().here()).folder();
    }

    private static Path real(Path home) throws IOException {
        return Files.isDirectory(home) ? home.toRealPath() : home;
    }

    /**
     * At boot nobody is there to read what is wrong. Also warns of variables that agents refer to and only this shell has.
     *
     * @throws ConfigException if the daemon would refuse its configuration, in the environment that the init gives it
     */
    void checkConfiguration() throws Failure, ConfigException {
        var home = root.home().folder();
        if (!Files.isDirectory(home)) {
            throw new Failure(
                    Exit.UNAVAILABLE,
                    "there is no home " + home
                            + " to be started at boot; steward init makes one, --home names another");
        }
        var environment = new HashMap<String, String>(kept());
        // An init sets these itself: systemd.exec(5), "Environment Variables in Spawned Processes".
        for (var name : new String[] {"HOME", "USER", "LOGNAME", "SHELL"}) {
            var value = root.caller().environment().get(name);
            if (value != null) {
                environment.put(name, value);
            }
        }
        var loaded = Program.loader(Map.copyOf(environment)).load(root.configFile());
        for (var agent : loaded.agents().values()) {
            checkReferences("agent " + agent.name(), () -> AgentEnvironment.of(agent, environment));
        }
        for (var worker : loaded.workers().values()) {
            checkReferences("worker " + worker.name(), () -> AgentEnvironment.of(worker.invocation(), environment));
        }
    }

    /** Whatever resolves references. */
    private interface Resolving {
        Object resolve() throws ConfigException;
    }

    /** No reason to refuse: somebody may give the unit more variables than Steward does. */
    private void checkReferences(String who, Resolving references) throws ConfigException {
        try {
            var _ = references.resolve();
        } catch (Text.UnresolvedReference e) {
            root.caller()
                    .say(who + " could not be started at boot: " + e.getMessage()
                            + ". The init gives it PATH, the locale and the JDK alone; put the rest into its env_file");
        }
    }

    /** The pid of the daemon that has the home, if there is one, whether it answers or not. */
    Optional<String> running() throws Failure, ControlException, IOException {
        try (var client = ControlClient.connect(root.home().folder())) {
            return Optional.of(client.ask(Question.of("ping")).member("pid"));
        } catch (ControlException e) {
            if (e.isUnanswered()) {
                return Unanswered.at(root.home()).map(Unanswered::pid);
            }
            throw e;
        }
    }

    static Failure failure(CannotInstall e) {
        var status = switch (e.why()) {
            case MISUSE -> Exit.USAGE;
            case UNAVAILABLE -> Exit.UNAVAILABLE;
            case CANNOT_CREATE -> Exit.CANNOT_CREATE;
            case NOT_PERMITTED -> Exit.NOT_PERMITTED;
        };
        return new Failure(status, String.valueOf(e.getMessage()));
    }
}
