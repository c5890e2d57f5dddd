package dev.steward.daemon;

import dev.steward.config.AgentConfig;
import dev.steward.config.Configuration;
import dev.steward.logs.LogReader;
import dev.steward.store.TransitionRow;
import dev.steward.supervise.AgentStatus;
import dev.steward.supervise.Journal;
import dev.steward.supervise.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what a daemon in the foreground does, and what its agents write, line by line under their names. */
final class Foreground implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Screen screen;
    private final Journal journal;
    private final Supervisor supervisor;
    private final InstantSource clock;
    private final Consumer<TransitionRow> listener = this::show;
    private final Map<Path, LogReader> readers = new HashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("foreground").factory());

    private Foreground(Screen screen, Journal journal, Supervisor supervisor, InstantSource clock) {
        this.screen = screen;
        this.journal = journal;
        this.supervisor = supervisor;
        this.clock = clock;
    }

    /**
     * Shows until it is closed; without a screen there is nothing to show. To be called before agents are started: what their logs
     * hold by then was shown by earlier runs.
     */
    static Shown show(
            Optional<Screen> screen,
            Journal journal,
            Supervisor supervisor,
            Configuration configuration,
            InstantSource clock) {
        if (screen.isEmpty()) {
            return () -> {};
        }
        Logging.onlyWarnings();
        var foreground = new Foreground(screen.get(), journal, supervisor, clock);
        configuration.agents().values().forEach(foreground::skip);
        foreground.begin();
        return foreground::close;
    }

    /** What is being shown, until it is closed. */
    interface Shown extends AutoCloseable {
        @Override
        void close();
    }

    private void begin() {
        journal.subscribe(listener);
        var _ = looking.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void skip(AgentConfig agent) {
        try {
            if (!Files.exists(agent.log()) || Files.isRegularFile(agent.log())) {
                var reader = reader(agent);
                reader.skipAll(shown(agent));
                readers.put(agent.log(), reader);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be shown: {}", agent.log(), e.getMessage());
        }
    }

    private LogReader reader(AgentConfig agent) {
        return LogReader.of(agent.log(), new LogReader.Setting(clock, ZoneId.systemDefault(), screen::print));
    }

    private Lines shown(AgentConfig agent) {
        return new Lines(line -> screen.print(agent.name() + " | " + line));
    }

    private void show(TransitionRow row) {
        var pid = row.pid().isPresent() ? " (pid " + row.pid().getAsLong() + ")" : "";
        screen.print(row.agent() + " is " + row.to() + pid + ": " + row.reason());
    }

    private void look() {
        try {
            for (var agent : supervisor.status()) {
                look(agent);
            }
        } catch (RuntimeException e) {
            LOG.warn("The agents' output cannot be shown: {}", e.getMessage());
        }
    }

    private void look(AgentStatus agent) {
        var log = agent.config().log();
        try {
            if (Files.exists(log) && !Files.isRegularFile(log)) {
                return;
            }
            var reader = readers.get(log);
            if (reader == null) {
                reader = reader(agent.config());
                reader.skipArchives(shown(agent.config()));
                readers.put(log, reader);
            }
            reader.more();
        } catch (IOException e) {
            LOG.warn("{} cannot be shown: {}", log, e.getMessage());
        }
    }

    @Override
    public void close() {
        journal.unsubscribe(listener);
        looking.shutdown();
        look();
    }
}
