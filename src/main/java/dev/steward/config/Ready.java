package dev.steward.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/** What proves that an incarnation is ready. */
public sealed interface Ready {
    /** How long an incarnation may take to become ready before that counts as a failure. */
    Duration timeout();

    /** Alive for this long. */
    record After(Duration after, Duration timeout) implements Ready {}

    /** This file was written since the incarnation started. */
    record FileWritten(Path file, Duration timeout) implements Ready {}

    /** Something accepts connections there. */
    record Tcp(String host, int port, Duration timeout) implements Ready {}

    /** This address answers with a 2xx status. */
    record Http(URI address, Duration timeout) implements Ready {}

    /** A line in which the pattern is found was written to the agent's log since the incarnation started. */
    record LogLine(Pattern pattern, Duration timeout) implements Ready {
        /** Patterns are equal if they were written alike: {@link Pattern} itself compares by identity. */
        @Override
        public boolean equals(Object other) {
            return other instanceof LogLine line
                    && line.pattern.pattern().equals(pattern.pattern())
                    && line.timeout.equals(timeout);
        }

        @Override
        public int hashCode() {
            return pattern.pattern().hashCode();
        }
    }

    /** It said so by sd_notify(3). */
    record Notified(Duration timeout) implements Ready {}

    /** Its first heartbeat since the incarnation started. */
    record FirstBeat(Duration timeout) implements Ready {}
}
