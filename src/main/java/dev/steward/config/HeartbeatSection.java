package dev.steward.config;

import dev.steward.config.Heartbeat.OnStale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The value of {@code heartbeat:}. */
@Doc("The agent's own sign of life. Once ready, an agent whose heartbeat is stale has an incident, and is replaced.")
@Belongs(key = "path", to = "via", word = "file", example = "hb.json")
record HeartbeatSection(
        @Doc(
                "The way the agent beats: it writes a file, speaks sd_notify(3), asks for an address by HTTP, or writes a key of Redis.")
        @Default("file")
        Way via,

        @Doc("The file that the agent writes or touches, for via: file.") @Otherwise("required for via: file")
        Optional<Path> path,

        @Doc("The key of Redis that the agent writes, for via: redis.")
        @Otherwise("steward:heartbeat:<node>:<agent>")
        @Matches(value = KEY, saying = "up to 256 characters of ASCII, no spaces")
        Optional<String> key,

        @Doc("How often it beats.") @Otherwise("10s, or a third of a shorter stale_after") @Positive
        Optional<Duration> every,

        @Doc("So long after its last beat the heartbeat is stale.") @Otherwise("three times every") @Positive
        Optional<Duration> staleAfter,

        @Doc("What happens to the agent then, beside the incident.") @Default("restart")
        OnStale onStale)
        implements Section {
    static final String KEY = "^[!-~]{1,256}$";
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final int BEATS_MISSED = 3;

    /** The words for the ways of beating. */
    enum Way {
        FILE,
        NOTIFY,
        PING,
        REDIS
    }

    @Override
    public void validate(Scope at) {
        if (at.has("key") && via != Way.REDIS) {
            at.key("key").problem("goes with via: redis only", "remove it, or write via: redis");
        }
        if (every.isPresent() && staleAfter.isPresent() && staleAfter.get().compareTo(every.get()) <= 0) {
            at.problem(
                    "stale_after (" + Durations.print(staleAfter.get()) + ") must be longer than every ("
                            + Durations.print(every.get()) + "), or each beat comes too late",
                    "write, for example, stale_after: "
                            + Durations.print(every.get().multipliedBy(BEATS_MISSED)));
        }
    }

    /** Empty only after a problem was reported. */
    Optional<Heartbeat> toHeartbeat(String node, String agent) {
        return way(node, agent).map(way -> {
            var rhythm = every.orElseGet(() -> staleAfter
                    .map(stale -> stale.dividedBy(BEATS_MISSED))
                    .filter(third -> third.compareTo(EVERY) < 0)
                    .orElse(EVERY));
            return new Heartbeat(way, rhythm, staleAfter.orElse(rhythm.multipliedBy(BEATS_MISSED)), onStale);
        });
    }

    private Optional<Via> way(String node, String agent) {
        return switch (via) {
            case FILE -> path.map(Via.Written::new);
            case NOTIFY -> Optional.of(new Via.Notified());
            case PING -> Optional.of(new Via.Pinged());
            case REDIS -> Optional.of(new Via.Stored(key.orElse("steward:heartbeat:" + node + ":" + agent)));
        };
    }
}
