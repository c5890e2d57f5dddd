package dev.steward.control;

import dev.steward.bus.Presence;
import dev.steward.config.ConfigException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What the socket can ask of the daemon itself. Every method may be called from any thread, and from several at once. */
public interface DaemonControl {
    /**
     * The daemon as it is now.
     *
     * @param ready whether supervision runs, so that agents are started or adopted
     * @param config the configuration file
     * @param uptime by the monotonic clock
     * @param bus whether it takes and gives, as last known; empty before the daemon has one
     * @param problems what is wrong with the daemon itself, for people, for example {@code state.db: disk full}
     */
    record Info(
            boolean ready,
            long pid,
            String version,
            Path home,
            Path config,
            String node,
            Duration uptime,
            Optional<Presence> bus,
            List<String> problems) {}

    Info info();

    /** Why what is asked for now may be forgotten when the daemon starts next, for people; empty while it is recorded as it should be. */
    List<String> storeProblems();

    /**
     * Takes up the configuration file as it is now.
     *
     * @return what was done, for people, in one or more lines
     * @throws ConfigException if the file was refused; nothing has changed then
     */
    String reload() throws ConfigException;

    /**
     * Stops every agent, or lets go of them, and returns when that is done. The daemon still lives, and answers.
     *
     * @param keepAgents whether they go on without a daemon
     * @param now whether they are killed at once, also those that are being stopped already
     * @param progress told what happens, line by line, for people; never throws
     */
    void down(boolean keepAgents, boolean now, Consumer<String> progress) throws InterruptedException;

    /** Whether somebody asked it to go down. */
    boolean goingDown();

    /**
     * Makes ready to be replaced by the version of a launcher, in the same process; agents go on.
     *
     * @param launcher absolute
     * @throws CannotBeReplaced with the reason; nothing has changed then
     */
    void upgrade(Path launcher) throws CannotBeReplaced;

    /** Ends the daemon, or lets the next take its place. Called after a {@link #down} or {@link #upgrade} that returned, once the answer was sent or nobody is there to take it. Returns at once. */
    void leave();
}
