package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Has results told again that Redis may have lost: nobody acknowledges a result, so its sender can't know. If Redis lost all, those of
 * the time that results are kept there; if the link broke alone, which may have been a crash before the last fsync, those since the link
 * before it. Who heard one already is told nothing new. For one thread.
 */
final class Retelling {
    private static final String KEY = "redis results told";

    /** Redis' last second, and clocks that were set a little. */
    private static final Duration SLACK = Duration.ofMinutes(1);

    /**
     * What is remembered.
     *
     * @param latest when the last link began over which all was told
     * @param before the one before it
     */
    private record Links(String epoch, Instant latest, Instant before) {
        static Optional<Links> read(String word) {
            var parts = word.split(" ", -1);
            return parts.length == 3 && parts[1].matches("[0-9]{1,18}") && parts[2].matches("[0-9]{1,18}")
                    ? Optional.of(new Links(parts[0], instant(parts[1]), instant(parts[2])))
                    : Optional.empty();
        }

        private static Instant instant(String millis) {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        }

        String word() {
            return epoch + " " + latest.toEpochMilli() + " " + before.toEpochMilli();
        }
    }

    private final Ledger ledger;
    private final InstantSource clock;
    private final Duration kept;
    private Optional<Links> now = Optional.empty();

    /** @param kept how long results are kept in Redis */
    Retelling(Ledger ledger, InstantSource clock, Duration kept) {
        this.ledger = ledger;
        this.clock = clock;
        this.kept = kept;
    }

    /** A link was made. */
    void begin(String epoch) throws BusException {
        var begun = clock.instant();
        var oldest = begun.minus(kept);
        var last = ledger.remembered(KEY)
                .flatMap(Links::read)
                .filter(links -> !epoch.isEmpty() && links.epoch.equals(epoch));
        var since = last.map(links -> links.before.minus(SLACK))
                .filter(oldest::isBefore)
                .orElse(oldest);
        ledger.answerAgain(since);
        now = Optional.of(new Links(epoch, begun, last.map(Links::latest).orElse(begun)));
    }

    /** All was told over this link. */
    void done() throws BusException {
        if (now.isPresent()) {
            ledger.remember(KEY, now.get().word());
            now = Optional.empty();
        }
    }
}
