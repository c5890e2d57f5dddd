package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Backoff;
import dev.steward.config.Budget;
import dev.steward.config.Command;
import dev.steward.config.KeepAlive;
import dev.steward.config.Leftovers;
import dev.steward.config.Ready;
import dev.steward.config.Stop;
import dev.steward.posix.Signal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A section for an agent whose own is gone from the configuration while it may still run: enough to stop it by. */
final class Forgotten {
    private Forgotten() {}

    static AgentConfig agent(String name, Leftovers leftovers, Surroundings surroundings) {
        var second = Duration.ofSeconds(1);
        var budget = new Budget(1, second);
        return new AgentConfig(
                name,
                name,
                "no longer configured",
                new Command.Shell(""),
                surroundings.home(),
                Map.of(),
                Optional.empty(),
                false,
                KeepAlive.NEVER,
                Set.of(),
                new Ready.After(second, second),
                new Stop(Signal.TERM, Duration.ofSeconds(10)),
                new Backoff(second, second),
                budget,
                budget,
                leftovers,
                List.of(),
                surroundings.home().resolve("logs").resolve(name + ".log"),
                Optional.empty(),
                OptionalInt.empty(),
                Map.of(),
                false,
                Optional.empty());
    }
}
