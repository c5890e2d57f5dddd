package dev.steward.control;

import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Result;
import dev.steward.logs.Outcome.Way;
import dev.steward.store.RotationChange;
import dev.steward.store.RotationChange.Meaning;
import dev.steward.store.RotationRow;
import java.nio.file.Path;
import java.util.Optional;

/** What the store is told of an outcome. */
public final class RotationChanges {
    private RotationChanges() {}

    /** The change to write; empty for a dry run. */
    public static Optional<RotationChange> of(Outcome outcome) {
        return meaning(outcome.result())
                .map(meaning -> new RotationChange(outcome.log().toString(), meaning, last(outcome)));
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
