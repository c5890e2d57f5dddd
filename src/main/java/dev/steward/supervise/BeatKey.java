package dev.steward.supervise;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The key of Redis that an agent beats by. Unlike a file it has no time of its own, so a beat there has to say its time. */
final class BeatKey {
    private BeatKey() {}

    static BeatFile.Look read(String key, BeatKeys keys) {
        try {
            var fields = keys.read(key);
            return fields.isEmpty() ? new BeatFile.Look.Nothing("key is not there") : look(fields);
        } catch (IOException e) {
            return new BeatFile.Look.Unknown("key cannot be read: " + e.getMessage());
        }
    }

    private static BeatFile.Look look(Map<String, String> fields) {
        var at = number(fields.get("ts")).flatMap(BeatFile::instant);
        if (at.isEmpty()) {
            return new BeatFile.Look.Nothing("key has no ts that is a time");
        }
        return new BeatFile.Look.Found(
                at.get(),
                number(fields.get("iter"))
                        .map(iter -> OptionalLong.of(iter.longValue()))
                        .orElse(OptionalLong.empty()),
                Optional.ofNullable(fields.get("incarnation")).filter(id -> !id.isEmpty()),
                Stamp.of(fields));
    }

    private static Optional<Double> number(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Double.valueOf(text));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
