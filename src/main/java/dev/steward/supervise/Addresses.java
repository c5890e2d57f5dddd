package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.config.Ready;
import dev.steward.config.Via;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Where an agent finds what it beats to, and how often it is to: variables of its environment. */
final class Addresses {
    /** Of an address in unix(7), without the NUL at its end. */
    private static final int LONGEST = 107;

    private Addresses() {}

    /** What is the same for all incarnations of an agent. */
    static Map<String, String> of(AgentConfig config, Path run) {
        var environment = new HashMap<String, String>();
        if (speaksNotify(config)) {
            environment.put("NOTIFY_SOCKET", notifySocket(run, config.name()));
        }
        config.heartbeat().ifPresent(heartbeat -> {
            environment.put("STEWARD_HEARTBEAT_EVERY", heartbeat.every().toMillis() + "ms");
            switch (heartbeat.via()) {
                case Via.Written(var path) -> environment.put("STEWARD_HEARTBEAT_FILE", path.toString());
                case Via.Notified _ ->
                    environment.put(
                            "WATCHDOG_USEC",
                            Long.toString(heartbeat.staleAfter().toNanos() / 1000));
                case Via.Pinged _ -> {}
                case Via.Stored(var key) -> environment.put("STEWARD_HEARTBEAT_KEY", key);
            }
        });
        return environment;
    }

    static boolean speaksNotify(AgentConfig config) {
        return config.ready() instanceof Ready.Notified
                || config.heartbeat()
                        .filter(heartbeat -> heartbeat.via() instanceof Via.Notified)
                        .isPresent();
    }

    static boolean pings(AgentConfig config) {
        return config.heartbeat()
                .filter(heartbeat -> heartbeat.via() instanceof Via.Pinged)
                .isPresent();
    }

    /** A socket in the home; where its path would be too long an abstract one, which has no folder. The same in every daemon of the home. */
    static String notifySocket(Path run, String agent) {
        var file = run.resolve("notify").resolve(agent + ".sock").toString();
        if (file.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return file;
        }
        var home = UUID.nameUUIDFromBytes(run.toString().getBytes(StandardCharsets.UTF_8));
        return "@steward/" + home.toString().substring(0, 18) + "/" + agent;
    }
}
