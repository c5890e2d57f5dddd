package dev.steward.control;

import dev.steward.audit.AuditEvent;
import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Result;
import dev.steward.logs.Outcome.Way;
import dev.steward.store.RotationChange;
import dev.steward.store.RotationChange.Meaning;
import dev.steward.store.RotationRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;

/** What the store and the audit trail are told of an outcome. */
public final class RotationChanges {
    private RotationChanges() {}

    /** The change to write; empty for a dry run. */
    public static Optional<RotationChange> of(Outcome outcome) {
        return meaning(outcome.result())
                .map(meaning -> new RotationChange(outcome.log().toString(), meaning, last(outcome)));
    }

    /** What the audit trail is told: that a log was rotated. That one was not, an incident tells. */
    public static Optional<AuditEvent> audited(Outcome outcome) {
        if (outcome.result() != Result.ROTATED) {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("log", outcome.log().toString());
        outcome.way().ifPresent(way -> fields.put("way", way.word()));
        fields.put("bytes", outcome.bytes());
        outcome.archive().ifPresent(archive -> fields.put("archive", archive.toString()));
        fields.put("lossy", outcome.lossy());
        if (outcome.dropped() > 0) {
            fields.put("dropped", outcome.dropped());
        }
        fields.put("took_ms", outcome.took().toMillis());
        return Optional.of(new AuditEvent("log_rotated", fields));
    }

    private static Optional<Meaning> meaning(Result result) {
        return switch (result) {
            case ROTATED -> Optional.of(Meaning.DONE);
            case WOULD_ROTATE -> Optional.empty();
            case NOT_DUE -> Optional.of(Meaning.NOT_NEEDED);
            case BUSY -> Optional.of(Meaning.UNDECIDED);
            case LEFT_ALONE, FAILED -> Optional.of(Meaning.FAILED);
        };
    }

    private static RotationRow.Last last(Outcome outcome) {
        return new RotationRow.Last(
                outcome.result().word(),
                outcome.way().map(Way::word),
                outcome.bytes(),
                outcome.archive().map(Path::toString),
                outcome.at(),
                outcome.took(),
                RotationReport.isLossy(outcome),
                outcome.reason());
    }
}
