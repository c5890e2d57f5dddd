package dev.steward.daemon;

import dev.steward.supervise.BeatKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What agents meet that begins after them, since what is urgent comes first: logs and work orders. Thread-safe. */
final class BegunLater implements BeatKeys {
    private volatile Optional<LogKeeping> logs = Optional.empty();
    private volatile Optional<OrderKeeping> orders = Optional.empty();

    void began(LogKeeping keeping) {
        logs = Optional.of(keeping);
    }

    void began(OrderKeeping keeping) {
        orders = Optional.of(keeping);
    }

    /** Agents that are started before logs are kept find theirs as they are. */
    void beforeStart(Path log) {
        logs.ifPresent(keeping -> keeping.beforeStart(log));
    }

    @Override
    public Map<String, String> read(String key) throws IOException {
        return orders.orElseThrow(() -> new IOException("the daemon is just starting"))
                .read(key);
    }
}
