package dev.steward.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Who runs a command, and from where.
 *
 * @param here what relative paths are relative to
 * @param pause waits; tests turn the clock instead
 */
record Caller(Map<String, String> environment, Path here, Terminal terminal, Pause pause, InstantSource clock) {
    /** Waits for a while. */
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    static Caller own(InstantSource clock) {
        return new Caller(System.getenv(), Path.of("").toAbsolutePath(), Terminal.own(), Caller::untilCtrlC, clock);
    }

    /** Ctrl-C ends the process: there is no other event to wait for. */
    private static void untilCtrlC(Duration time) throws InterruptedException {
        if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody counts this down");
        }
    }

    boolean colour() {
        return Terminal.colour(terminal.shown(), environment);
    }

    static ZoneId zone() {
        return ZoneId.systemDefault();
    }

    /** Data. */
    void print(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    void printLine(String line) {
        print(line + "\n");
    }

    /** A message. */
    void say(String message) {
        terminal.err().print("steward: " + message + "\n");
        terminal.err().flush();
    }

    /** Whether somebody still takes the data: {@code steward logs x | head} ends without a word. */
    boolean isHeard() {
        return !terminal.out().checkError();
    }
}
