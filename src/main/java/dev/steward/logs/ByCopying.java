package dev.steward.logs;

import java.io.IOException;
import java.util.Optional;

/** Rotates by copying the live log and truncating it. What is written between the two is lost. */
final class ByCopying {
    private ByCopying() {}

    static Optional<Rotated> run(Opened log, Head head) throws IOException, LeftAlone {
        var size = log.facts().size();
        try (var cutting = Cutting.begin(log.folder(), log.live(), log.id())) {
            try {
                cutting.takeByTruncation(head.length(), size);
                return Optional.of(publish(log, cutting));
            } finally {
                cutting.abandon();
            }
        }
    }

    static Rotated resume(Opened log, CutRecord unfinished) throws IOException, LeftAlone {
        try (var cutting = Cutting.resume(log.folder(), log.live(), unfinished)) {
            return publish(log, cutting);
        }
    }

    private static Rotated publish(Opened log, Cutting cutting) throws IOException, LeftAlone {
        var bytes = cutting.owned();
        var archive = cutting.publish(log.facts(), Shelf.after(log.folder(), log.now()));
        return Shelf.prune(log, new Rotated(Outcome.Way.COPY_TRUNCATE, bytes, 0, archive, ""), 0);
    }
}
