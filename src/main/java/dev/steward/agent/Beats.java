package dev.steward.agent;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The agent's life: boots, beats at once and then every interval, until it is told to stop. */
final class Beats {
    /** Waits between two beats. */
    interface Rest {
        /** Returns whether the agent was told to stop; else the time is over. */
        boolean stopped(Duration time) throws InterruptedException;
    }

    private final String name;
    private final Optional<HeartbeatFile> file;
    private final Log log;
    private final InstantSource clock;

    Beats(String name, Optional<HeartbeatFile> file, Log log, InstantSource clock) {
        this.name = name;
        this.file = file;
        this.log = log;
        this.clock = clock;
    }

    void run(Duration every, Rest rest) throws InterruptedException {
        log.boot(clock.instant(), name);
        var iter = 1L;
        do {
            beat(iter++);
        } while (!rest.stopped(every));
        log.ok(clock.instant(), "stopped");
    }

    private void beat(long iter) {
        var now = clock.instant();
        try {
            if (file.isPresent()) {
                file.get().write(now, iter);
            }
            log.ok(now, "heartbeat " + iter);
        } catch (IOException e) {
            log.fail(now, "heartbeat: " + reason(e));
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": no right to write there";
            case FileSystemException failed
            when failed.getReason() != null -> failed.getFile() + ": " + failed.getReason();
            case FileSystemException failed ->
                failed.getFile() + ": " + failed.getClass().getSimpleName();
            default -> String.valueOf(e.getMessage());
        };
    }
}
