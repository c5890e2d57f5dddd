package dev.steward.daemon;

import dev.steward.control.RotationChanges;
import dev.steward.logs.Keeper;
import dev.steward.logs.Outcome;
import dev.steward.store.Batch;
import dev.steward.store.IncidentChange;
import dev.steward.store.Store;
import dev.steward.store.StoreException;
import dev.steward.supervise.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what came of each log's rotation, and which should have been rotated and were not: each of these has an incident until it can
 * be rotated again, or nobody wants it to be. Heard by one thread, asked by any.
 */
final class LogTroubles implements Keeper.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LogTroubles.class);
    private static final String CAUSE = "not-rotated";
    /** Longer than any rotation by somebody else should take; less than a minute, since two looks at all logs are not quite that apart. */
    private static final Duration BUSY_AT_MOST = Duration.ofSeconds(50);

    private final Store store;
    private final Journal journal;
    private final InstantSource clock;
    /** By their paths, why they are not rotated. */
    private final Map<String, String> failing = new ConcurrentSkipListMap<>();

    /** By their paths, since when somebody else has them. */
    private final Map<String, Instant> busy = new ConcurrentSkipListMap<>();

    LogTroubles(Store store, Journal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        recall();
    }

    /** What an earlier daemon left open is to be closed by this one. */
    private void recall() {
        try {
            for (var row : store.rotations()) {
                row.failing().ifPresent(_ -> failing.put(row.path(), row.last().reason()));
            }
        } catch (StoreException e) {
            LOG.warn("What came of rotations before is not known: {}", e.getMessage());
        }
    }

    @Override
    public void heard(Outcome outcome) {
        var path = outcome.log().toString();
        if (outcome.result() != Outcome.Result.BUSY) {
            busy.remove(path);
        }
        switch (outcome.result()) {
            case LEFT_ALONE, FAILED -> fails(path, outcome);
            case ROTATED -> recovers(path, outcome.at());
            case NOT_DUE -> {
                if (!failing.containsKey(path)) {
                    return;
                }
                recovers(path, outcome.at());
            }
            case BUSY -> {
                if (isBusyTooLong(path, outcome.at())) {
                    heard(heldBySomebody(outcome));
                }
                return;
            }
            case WOULD_ROTATE -> {
                return;
            }
        }
        RotationChanges.of(outcome).ifPresent(change -> write(Batch.ofRotations(List.of(change))));
        RotationChanges.audited(outcome).ifPresent(event -> journal.note(event.event(), event.fields()));
    }

    /** A clock that went back begins anew. */
    private boolean isBusyTooLong(String path, Instant now) {
        var since = busy.merge(path, now, (former, latter) -> former.isBefore(latter) ? former : latter);
        return Duration.between(since, now).compareTo(BUSY_AT_MOST) >= 0;
    }

    private static Outcome heldBySomebody(Outcome busy) {
        return new Outcome(
                busy.log(),
                Outcome.Result.LEFT_ALONE,
                busy.way(),
                0,
                Optional.empty(),
                busy.at(),
                busy.took(),
                "another program has it locked for a minute or longer. lslocks(8) says which; end that, or have only one of"
                        + " the two rotate it");
    }

    private void fails(String path, Outcome outcome) {
        if (outcome.reason().equals(failing.put(path, outcome.reason()))) {
            return;
        }
        LOG.warn("{} is not rotated: {}", path, outcome.reason());
        journal.incident(new IncidentChange.Open(path, CAUSE, outcome.reason(), outcome.at()));
    }

    private void recovers(String path, Instant at) {
        if (failing.remove(path) != null) {
            LOG.info("{} can be rotated again", path);
            journal.incident(new IncidentChange.Resolve(path, CAUSE, at));
        }
    }

    private void write(Batch batch) {
        try {
            store.write(batch);
        } catch (StoreException e) {
            // The journal says in status what is wrong with the store; a rotation is not undone for it.
            LOG.debug("A rotation is not remembered: {}", e.getMessage());
        }
    }

    @Override
    public void keeps(Set<Path> logs) {
        for (var path : failing.keySet()) {
            if (!logs.contains(Path.of(path))) {
                var nothing = new Outcome(
                        Path.of(path),
                        Outcome.Result.NOT_DUE,
                        Optional.empty(),
                        0,
                        Optional.empty(),
                        clock.instant(),
                        Duration.ZERO,
                        "it is no log of the configuration any more");
                heard(nothing);
            }
        }
        busy.keySet().removeIf(path -> !logs.contains(Path.of(path)));
    }

    /** For people. */
    List<String> all() {
        return failing.entrySet().stream()
                .map(entry -> entry.getKey() + " is not rotated: " + entry.getValue())
                .toList();
    }
}
