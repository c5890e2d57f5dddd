package dev.steward.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The value of {@code heartbeat:}. */
@Doc("The agent's own sign of life, shown in status.")
@Later(key = "stale_after", what = "judgement of heartbeats")
@Later(key = "on_stale", what = "judgement of heartbeats")
record HeartbeatSection(
        @Doc("The way the agent beats.") @Default("file") Via via,

        @Doc("The file that the agent writes.") @Required("hb.json")
        Optional<Path> path,

        @Doc("How often it writes it.") @Default("10s") @Positive
        Duration every) {

    /** Ways of beating. */
    enum Via {
        FILE,
        @Later(what = "heartbeats by sd_notify")
        NOTIFY,
        @Later(what = "heartbeats by ping")
        PING,
        @Later(what = "heartbeats by Redis")
        REDIS
    }
}
