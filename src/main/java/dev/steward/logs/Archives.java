package dev.steward.logs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;

/**
 * The archives of one log.
 *
 * @param newestFirst of one number the uncompressed first
 */
record Archives(List<Archive> newestFirst) {
    private static final Comparator<Archive> NEWEST_FIRST =
            Comparator.comparingInt(Archive::number).thenComparing(Archive::compressed);

    Archives {
        newestFirst = newestFirst.stream().sorted(NEWEST_FIRST).toList();
    }

    /** Those among the files of a folder. */
    static Archives among(Collection<String> files, String log) {
        return new Archives(
                files.stream().flatMap(file -> Archive.in(file, log).stream()).toList());
    }

    /** The plain ones of those that have a compressed form beside them. */
    List<Archive> inBothForms() {
        var all = new HashSet<>(newestFirst);
        return newestFirst.stream()
                .filter(archive -> !archive.compressed() && all.contains(archive.inGzip()))
                .toList();
    }

    Archives without(Archive one) {
        return new Archives(
                newestFirst.stream().filter(archive -> !archive.equals(one)).toList());
    }

    /** One archive gets the next number. */
    record Shift(Archive from, Archive to) {}

    /**
     * What has to be renamed, in this order, so that number 1 is free: oldest first, so that nothing is ever replaced. What is beyond a
     * gap stays; so repeating it after it was interrupted anywhere does no more than what is left to do.
     */
    List<Shift> shifts() {
        var taken = new TreeSet<Integer>();
        newestFirst.forEach(archive -> taken.add(archive.number()));
        var gap = 1;
        while (taken.contains(gap)) {
            gap++;
        }
        var shifts = new ArrayList<Shift>();
        for (var archive : newestFirst.reversed()) {
            if (archive.number() < gap) {
                shifts.add(new Shift(archive, archive.next()));
            }
        }
        return shifts;
    }
}
