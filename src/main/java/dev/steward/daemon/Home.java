package dev.steward.daemon;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The folder of one node's daemon, and what is in it. Names files, creates none.
 *
 * @param folder absolute
 */
public record Home(Path folder) {
    /**
     * Which home is meant: {@code --home}, else {@code STEWARD_HOME}, else {@code steward} in the XDG state folder
     * (specifications.freedesktop.org/basedir, also on macOS).
     *
     * @param option as somebody wrote it
     * @param here what relative paths are relative to
     * @throws java.nio.file.InvalidPathException if it is no path
     */
    public static Home locate(Optional<String> option, Map<String, String> environment, Path here) {
        var said = option.or(() -> given(environment, "STEWARD_HOME"));
        if (said.isPresent()) {
            return new Home(here.resolve(said.get()).normalize());
        }
        // A relative path there is invalid, says the specification, and has to be ignored.
        var state = given(environment, "XDG_STATE_HOME").map(Path::of).filter(Path::isAbsolute);
        return new Home(state.orElseGet(() -> own(environment)).resolve("steward"));
    }

    private static Path own(Map<String, String> environment) {
        return Path.of(given(environment, "HOME").orElseGet(() -> System.getProperty("user.home")))
                .resolve(".local")
                .resolve("state");
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * Which configuration file is meant: {@code --config}, else {@code STEWARD_CONFIG}, else {@code steward.yaml} in the home.
     *
     * @param option as somebody wrote it
     * @param here what relative paths are relative to
     * @throws java.nio.file.InvalidPathException if it is no path
     */
    public Path configuration(Optional<String> option, Map<String, String> environment, Path here) {
        return option.or(() -> given(environment, "STEWARD_CONFIG"))
                .map(file -> here.resolve(file).normalize())
                .orElseGet(() -> folder.resolve("steward.yaml"));
    }

    /** What lives only as long as this boot: locks, the socket. */
    public Path run() {
        return folder.resolve("run");
    }

    /** Where agents find {@code steward}. */
    public Path bin() {
        return run().resolve("bin");
    }

    /** Held by the daemon as long as it lives. */
    public Path lock() {
        return run().resolve("daemon.lock");
    }

    /** The pid of the daemon that holds the lock; meaningless without it. */
    public Path pid() {
        return run().resolve("daemon.pid");
    }

    /** The pid of the daemon that was ready last; it removes that of an earlier one before anything else. */
    public Path ready() {
        return run().resolve("ready");
    }

    /** Held by the guard as long as it lives. */
    public Path guardLock() {
        return run().resolve("guard.lock");
    }

    /** The pid of the guard that holds the lock; meaningless without it. */
    public Path guardPid() {
        return run().resolve("guard.pid");
    }

    /** While the guard pauses: when it starts the daemon again, in seconds since the epoch. */
    public Path guardNext() {
        return run().resolve("guard.next");
    }

    /** Held open by a guarded daemon as long as it lives; a guard that is not its parent reads it to its end. */
    public Path guardFifo() {
        return run().resolve("guard.fifo");
    }

    /** The copy of a configuration file as it was when it was taken up last. */
    public Path lastGood(Path configuration) {
        var name = UUID.nameUUIDFromBytes(configuration.toString().getBytes(StandardCharsets.UTF_8));
        return run().resolve("last-good-" + name + ".yaml");
    }

    public Path state() {
        return folder.resolve("state.db");
    }

    /** What this node knows of work orders. */
    public Path bus() {
        return folder.resolve("bus.db");
    }

    /** Large payloads of orders on their way. */
    public Path spool() {
        return folder.resolve("spool");
    }

    /** Held while what {@link #bus} owes is carried to the audit trail. */
    public Path carrierLock() {
        return run().resolve("carrier.lock");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** The daemon's own log. */
    public Path daemonLog() {
        return logs().resolve("steward.log");
    }
}
