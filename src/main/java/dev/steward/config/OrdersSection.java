package dev.steward.config;

import java.time.Duration;
import java.util.Optional;

/** The value of {@code orders:}. */
@Doc("What holds for every work order of this node.")
record OrdersSection(
        @Doc("A payload may be so large.") @Default("2GB") @AtLeast("1B")
        DataSize maxBody,

        @Doc("So long after it came to its end, an order moves from its inbox into the archive.") @Default("1d")
        Duration archiveAfter,

        @Doc("So many orders are kept in the archive; 0 keeps none.") @Default("10000") @Range(min = 0, max = MOST)
        int keep,

        @Doc("No longer than this after its end an order is kept.") @Default("30d") @Positive
        Duration keepFor,

        @Doc("An order that has come to no end so long after it was dropped is given up.") @Otherwise("never") @Positive
        Optional<Duration> abandonAfter,

        @Doc("A folder in an inbox that stays half-written for so long is reported.") @Default("60s") @Positive
        Duration reportUnfinishedAfter)
        implements Section {
    static final int MOST = 10_000_000;

    @Override
    public void validate(Scope at) {
        if (keepFor.compareTo(archiveAfter) < 0) {
            var kept = Durations.print(keepFor);
            (at.has("keep_for") ? at.key("keep_for") : at.key("archive_after"))
                    .problem(
                            "keep_for (" + kept + ") is shorter than archive_after (" + Durations.print(archiveAfter)
                                    + ")",
                            "write, for example, archive_after: " + kept);
        }
    }

    OrderRules toRules() {
        return new OrderRules(
                maxBody, archiveAfter, new OrderRules.Keep(keep, keepFor), abandonAfter, reportUnfinishedAfter);
    }
}
