package dev.steward.supervise;

import dev.steward.posix.Glance;

/** Looks for beats where agents leave them. Thread-safe. */
record Lookout(Glance glance, BeatKeys keys) {
    /** Looks now. A file is never waited for, Redis for a few seconds at most. */
    BeatFile.Look look(BeatPlace place) {
        return switch (place) {
            case BeatPlace.InFile(var file) -> BeatFile.read(file, glance);
            case BeatPlace.UnderKey(var key) -> BeatKey.read(key, keys);
        };
    }
}
