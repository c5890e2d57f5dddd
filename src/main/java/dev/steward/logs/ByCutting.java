package dev.steward.logs;

import dev.steward.posix.OpenFile;
import java.io.IOException;
import java.util.Optional;

/** Rotates by taking the head out of the live log, or by punching a hole; writers go on. */
final class ByCutting {
    /** Small enough that a writer at full speed does not fill the disk meanwhile, large enough that syncing it costs little. */
    private static final long PIECE = 64 << 20;

    /** A line that is longer is divided: it would be held in no archive, and grow for ever. */
    private static final long LONGEST_LINE = 64 << 20;

    /** What a writer may add during a rotation before the part that was archived goes again, to stay within the total. */
    private static final long SLACK = 64 << 20;

    private final Opened log;
    /** Whether the head can be taken out; else a hole is punched. */
    private boolean cuts;

    private final long align;
    private final OpenFile live;
    private long taken;
    private long dropped;

    ByCutting(Opened log, Ability ability) throws LeftAlone {
        this.log = log;
        live = log.live();
        cuts = ability instanceof Ability.Collapses;
        align = switch (ability) {
            case Ability.Collapses(var multiple) -> multiple;
            case Ability.Punches _ -> log.facts().blockSize();
            case Ability.Nothing _ ->
                throw new LeftAlone("its file system can neither cut nor punch files. Give it strategy: rename or"
                        + " copy-truncate in logs.files");
        };
    }

    /** Rotates what is whole; empty if no line is. */
    Optional<Rotated> run(Head head) throws IOException, LeftAlone {
        var goal = goal(head.length(), log.facts().size());
        if (goal <= head.length()) {
            return Optional.empty();
        }
        try (var cutting = Cutting.begin(log.folder(), live, log.id())) {
            try {
                take(cutting, head.length(), goal);
                return Optional.of(publish(cutting));
            } finally {
                cutting.abandon();
            }
        }
    }

    /** Goes on with one that was interrupted: the archive may want the rest of a line. */
    Rotated resume(CutRecord unfinished) throws IOException, LeftAlone {
        try (var cutting = Cutting.resume(log.folder(), live, unfinished)) {
            if (!cutting.endsWithLine()) {
                var size = live.facts().size();
                var head = Head.of(live, size, true);
                take(cutting, head.length(), goal(head.length(), size));
            }
            return publish(cutting);
        }
    }

    private long goal(long from, long size) throws IOException {
        var longest = Math.min(LONGEST_LINE, log.rules().keep().total().bytes());
        var end = LineEnds.last(live, from, size, longest);
        if (end.isPresent()) {
            return end.getAsLong();
        }
        return size - from > longest ? (size - 1) / align * align : from;
    }

    private void take(Cutting cutting, long begin, long end) throws IOException, LeftAlone {
        var total = log.rules().keep().total().bytes();
        var from = begin;
        var goal = end;
        while (from < goal) {
            var size = live.facts().size();
            var excess = size - from + cutting.owned() - total;
            if (cutting.owned() > 0 && excess > Math.min(SLACK, total / 8)) {
                dropped += cutting.owned();
                cutting.forget();
                continue;
            }
            var surplus = log.rules().keep().count() == 0 ? goal - from : excess;
            var piece = surplus > 0 && cutting.owned() == 0
                    ? drop(cutting, from, goal, size, surplus)
                    : archive(cutting, from, goal, size);
            taken += piece.bytes();
            if (cuts) {
                from = piece.blank();
                goal -= piece.cut();
            } else {
                from = piece.end();
            }
        }
    }

    private Piece archive(Cutting cutting, long from, long goal, long size) throws IOException, LeftAlone {
        var most =
                Math.max(align * 2, Math.min(PIECE, log.rules().keep().total().bytes() / 8) / align * align);
        var piece = Piece.next(from, goal, size, align, most);
        Shelf.prune(log, 0, size - from + cutting.owned());
        if (cuts) {
            cuts = cutting.take(piece);
        } else {
            cutting.takeByHole(piece.from(), piece.end());
        }
        return piece;
    }

    /** What retention would remove at once is not archived first: a log that grows faster than it can be copied fills no disk. */
    private Piece drop(Cutting cutting, long from, long goal, long size, long surplus) throws IOException {
        var end = surplus >= goal - from
                ? goal
                : LineEnds.next(live, from + surplus, goal).orElse(goal);
        var piece = Piece.next(from, end, size, align, Long.MAX_VALUE);
        dropped += piece.bytes();
        cuts &= cutting.drop(cuts ? piece.firstStep() : new Step.Hole(piece.end()));
        return piece;
    }

    private Rotated publish(Cutting cutting) throws IOException, LeftAlone {
        var bytes = Math.max(taken, cutting.owned());
        var archive = cutting.publish(log.facts(), Shelf.after(log.folder(), log.now()));
        var size = live.facts().size();
        var lost = log.rules().keep().count() == 0 ? 0 : dropped;
        var rotated = new Rotated(way(), bytes, lost, archive, said(lost));
        return Shelf.prune(log, rotated, size - Head.of(live, size, true).length());
    }

    private Outcome.Way way() {
        if (log.rules().keep().count() == 0) {
            return Outcome.Way.DISCARD;
        }
        return cuts ? Outcome.Way.CUT : Outcome.Way.PUNCH;
    }

    private String said(long lost) {
        return lost > 0
                ? lost + " bytes of it were not archived: max_total is "
                        + log.rules().keep().total()
                : "";
    }
}
