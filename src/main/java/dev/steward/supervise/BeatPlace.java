package dev.steward.supervise;

import dev.steward.config.Heartbeat;
import dev.steward.config.Via;
import java.nio.file.Path;
import java.util.Optional;

/** Where beats are left for Steward to look at. */
sealed interface BeatPlace {
    /** In this file. */
    record InFile(Path file) implements BeatPlace {}

    /** Under this key of Redis. */
    record UnderKey(String key) implements BeatPlace {}

    /** Where an agent leaves its beats; empty if it sends them. */
    static Optional<BeatPlace> of(Optional<Heartbeat> heartbeat) {
        return heartbeat.map(Heartbeat::via).flatMap(via -> switch (via) {
            case Via.Written(var path) -> Optional.of(new InFile(path));
            case Via.Stored(var key) -> Optional.of(new UnderKey(key));
            case Via.Notified _, Via.Pinged _ -> Optional.empty();
        });
    }
}
