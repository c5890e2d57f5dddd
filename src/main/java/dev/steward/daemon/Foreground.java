package dev.steward.daemon;

import dev.steward.config.AgentConfig;
import dev.steward.config.Configuration;
import dev.steward.logs.LogTail;
import dev.steward.store.TransitionRow;
import dev.steward.supervise.AgentStatus;
import dev.steward.supervise.Journal;
import dev.steward.supervise.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
    private final Consumer<TransitionRow> listener = this::show;
    private final Map<Path, LogTail> tails = new HashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("foreground").factory());

    private Foreground(Screen screen, Journal journal, Supervisor supervisor) {
        this.screen = screen;
        this.journal = journal;
        this.supervisor = supervisor;
    }

    /**
     * Shows until it is closed; without a screen there is nothing to show. To be called before agents are started: what their logs
     * hold by then was shown by earlier runs.
     */
    static Shown show(Optional<Screen> screen, Journal journal, Supervisor supervisor, Configuration configuration) {
        if (screen.isEmpty()) {
            return () -> {};
        }
        Logging.onlyWarnings();
        var foreground = new Foreground(screen.get(), journal, supervisor);
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
            if (Files.isRegularFile(agent.log())) {
                open(agent).last(0);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be shown: {}", agent.log(), e.getMessage());
        }
    }

    private LogTail open(AgentConfig agent) throws IOException {
        var tail = LogTail.open(agent.log(), new Lines(line -> screen.print(agent.name() + " | " + line)));
        tails.put(agent.log(), tail);
        return tail;
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
            var known = tails.get(log);
            if (known == null && !Files.isRegularFile(log)) {
                return;
            }
            var news = (known == null ? open(agent.config()) : known).more();
            if (!news.isEmpty()) {
                screen.print(news);
            }
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
