package dev.steward.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Which instants the times of a zone's clocks are. A later time is never an earlier instant, which is what the search stands on: of the
 * times in a gap all are its end, of those in an overlap the first one counts.
 */
record ZoneTime(ZoneId zone) {
    Optional<Instant> next(Pattern pattern, Instant after) {
        // What the clocks showed then, and all before it, was no later instant.
        var at = pattern.next(LocalDateTime.ofInstant(after, zone));
        while (at.isPresent() && !instant(at.get()).isAfter(after)) {
            at = pattern.next(at.get());
        }
        return at.map(this::instant);
    }

    Instant instant(LocalDateTime local) {
        var rules = zone.getRules();
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            return local.toInstant(rules.getOffset(local));
        }
        ZoneOffset before = transition.getOffsetBefore();
        return transition.isGap() ? transition.getInstant() : local.toInstant(before);
    }
}
