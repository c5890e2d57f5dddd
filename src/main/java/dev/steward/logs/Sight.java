package dev.steward.logs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What stood beside a live log at one moment. Pure.
 *
 * @param newestFirst one of each number
 * @param cuts rotations that were under way, or interrupted
 */
record Sight(List<Seen> newestFirst, List<CutRecord> cuts) {
    private static final long NANOS_PER_MICRO = 1_000;

    Sight {
        newestFirst = newestFirst.stream()
                .sorted(Comparator.comparingInt(each -> each.archive().number()))
                .toList();
        cuts = List.copyOf(cuts);
    }

    Optional<Seen> newest() {
        return newestFirst.stream().findFirst();
    }

    /** Where that archive is by now; empty if it is no longer there. */
    Optional<Seen> find(Seen known) {
        return newestFirst.stream()
                .filter(each -> each.modified().equals(known.modified()))
                // Of several with one time the one that it may have become: numbers only grow.
                .min(Comparator.comparingInt((Seen each) ->
                        Math.floorMod(each.archive().number() - known.archive().number(), Integer.MAX_VALUE)))
                .or(() -> newestFirst.stream()
                        .filter(each -> each.file().equals(known.file()))
                        .findFirst());
    }

    /** What was archived since that one, oldest first; of all, if that is empty. */
    List<Seen> after(Optional<Seen> known) {
        if (known.isEmpty()) {
            return newestFirst.reversed();
        }
        var place = find(known.get());
        var since = new ArrayList<Seen>();
        for (var each : newestFirst.reversed()) {
            if (place.isPresent()
                    ? each.archive().number() < place.get().archive().number()
                    // Retention took it, and with it all that is older.
                    : each.modified().isAfter(known.get().modified())) {
                since.add(each);
            }
        }
        return since;
    }

    /** The archive that comes before that one. */
    Optional<Seen> before(Seen known) {
        return newestFirst.stream()
                .filter(each -> each.archive().number() > known.archive().number())
                .findFirst();
    }

    /** The rotation of that file that is under way, if it has begun to take anything. */
    Optional<CutRecord> cutOf(FileId live) {
        return cuts.stream()
                .filter(cut -> !cut.isEmpty() && isSame(cut.live(), live))
                .findFirst();
    }

    /** The program that looks may be told less of a time than the one that cuts. */
    private static boolean isSame(FileId cut, FileId live) {
        return cut.inode() == live.inode()
                && (cut.birth() == 0 || cut.birth() / NANOS_PER_MICRO == live.birth() / NANOS_PER_MICRO);
    }

    /** Whether the live file holds at the same places what it held then, if only Steward takes anything from it. */
    boolean agrees(Sight later, FileId live) {
        return newest().map(later::find).orElse(Optional.empty()).equals(later.newest())
                && cutOf(live).equals(later.cutOf(live));
    }
}
