package dev.steward.config;

import java.nio.file.Path;

/** The way in which an agent beats. */
public sealed interface Via {
    /** It writes or touches this file. */
    record Written(Path path) implements Via {}

    /** It sends {@code READY=1} or {@code WATCHDOG=1} to {@code NOTIFY_SOCKET}, see sd_notify(3). */
    record Notified() implements Via {}

    /** It asks for {@code STEWARD_PING_URL} by HTTP. */
    record Pinged() implements Via {}

    /**
     * It writes this key of Redis: a hash with {@code ts} and {@code iter}, or a string with the same as JSON or with epoch
     * seconds alone. The bus is Redis then.
     */
    record Stored(String key) implements Via {}
}
