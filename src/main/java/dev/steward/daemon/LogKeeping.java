package dev.steward.daemon;

import dev.steward.config.Configuration;
import dev.steward.control.KnownLogs;
import dev.steward.control.LogRotation;
import dev.steward.control.UnknownLog;
import dev.steward.logs.Catalog;
import dev.steward.logs.Keeper;
import dev.steward.logs.Outcome;
import dev.steward.logs.Rotations;
import dev.steward.logs.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Keeps the node's logs as long as the daemon lives. Thread-safe. */
final class LogKeeping implements LogRotation, AutoCloseable {
    private final Supplier<Configuration> configuration;
    private final Path daemonLog;
    private final LogTroubles troubles;
    private final Keeper keeper;

    /**
     * Begins at once.
     *
     * @param configuration as it is at the moment
     */
    LogKeeping(
            Rotations rotations,
            Supplier<Configuration> configuration,
            Home home,
            LogTroubles troubles,
            LongSupplier nanos) {
        this.configuration = configuration;
        daemonLog = home.daemonLog();
        this.troubles = troubles;
        keeper = new Keeper(rotations, this::catalog, troubles, nanos);
        keeper.rehearse(home.run());
    }

    @Override
    public void rotate(Wish wish, Consumer<Outcome> each) throws UnknownLog, IOException, InterruptedException {
        keeper.rotate(KnownLogs.resolve(catalog(), wish), each);
    }

    @Override
    public List<String> emptyGlobs(List<Path> logs) {
        return catalog().emptyGlobs(logs);
    }

    private Catalog catalog() {
        return new Catalog(configuration.get(), daemonLog);
    }

    /** An agent is about to be started. */
    void beforeStart(Path log) {
        keeper.beforeStart(log);
    }

    /** What is wrong with logs, for people. */
    List<String> problems() {
        var all = new ArrayList<>(troubles.all());
        keeper.problem().ifPresent(all::add);
        return all;
    }

    @Override
    public void close() {
        keeper.close();
    }
}
