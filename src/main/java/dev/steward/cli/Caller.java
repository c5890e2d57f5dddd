package dev.steward.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

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

    static Caller own() {
        return new Caller(
                System.getenv(), Path.of("").toAbsolutePath(), Terminal.own(), Thread::sleep, InstantSource.system());
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
