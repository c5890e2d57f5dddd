package dev.steward.orders.archive;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.config.OrderRules;
import dev.steward.orders.archive.Shelves.Shelf;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Deletes archived orders beyond what is kept, the oldest first, and has them forgotten. */
final class Clearance {
    /** So many are put in order at a time: of a day on which a hundred thousand ended, no more are in memory. */
    private static final int MOST_SORTED = 5_000;

    private final Pass.Tools tools;
    private final OrderRules.Keep keep;
    private final Set<String> problems;
    private final OpenFiles files = Posix.filesOnly();
    private final Set<Path> touched = new HashSet<>();
    private final List<String> gone = new ArrayList<>();
    private int count;

    Clearance(Pass.Tools tools, OrderRules.Keep keep, Set<String> problems) {
        this.tools = tools;
        this.keep = keep;
        this.problems = problems;
    }

    /** An archived order. */
    private record Kept(Shelf shelf, String id, Instant ended) {}

    /** How many were deleted. */
    int count() {
        return count;
    }

    /** Does it; true if there is more to delete at once. */
    boolean run(Instant now) throws IOException, BusException, Pace.Closing {
        var oldest = now.minus(keep.age());
        for (var shelf : tools.shelves().all()) {
            if (!shelf.day().isAfter(Shelves.dayOf(oldest))) {
                deleteBefore(shelf, oldest);
            }
        }
        var more = deleteSurplus();
        tools.pace().end(this::settle);
        return more;
    }

    private void deleteBefore(Shelf shelf, Instant oldest) throws IOException, BusException, Pace.Closing {
        var wholeDay = shelf.day().isBefore(Shelves.dayOf(oldest));
        each(shelf, id -> {
            if (wholeDay || !ended(shelf, id).isAfter(oldest)) {
                delete(shelf, id);
            }
        });
        removeEmpty(shelf);
    }

    private boolean deleteSurplus() throws IOException, BusException, Pace.Closing {
        var shelves = tools.shelves().all();
        var counts = new HashMap<Shelf, Integer>();
        for (var shelf : shelves) {
            counts.put(shelf, count(shelf));
        }
        var surplus = counts.values().stream().mapToInt(Integer::intValue).sum() - keep.count();
        for (var i = 0; i < shelves.size() && surplus > 0; ) {
            var day = shelves.get(i).day();
            var together =
                    shelves.stream().filter(shelf -> shelf.day().equals(day)).toList();
            var ofDay = together.stream()
                    .mapToInt(shelf -> counts.getOrDefault(shelf, 0))
                    .sum();
            if (ofDay <= surplus) {
                deleteAll(together);
                surplus -= ofDay;
            } else {
                deleteOldest(together, Math.min(surplus, MOST_SORTED));
                return surplus > MOST_SORTED;
            }
            i += together.size();
        }
        return false;
    }

    private int count(Shelf shelf) throws IOException, BusException, Pace.Closing {
        var found = new AtomicInteger();
        each(shelf, _ -> found.incrementAndGet());
        return found.get();
    }

    private void deleteAll(List<Shelf> shelves) throws IOException, BusException, Pace.Closing {
        for (var shelf : shelves) {
            each(shelf, id -> delete(shelf, id));
            removeEmpty(shelf);
        }
    }

    private void deleteOldest(List<Shelf> shelves, int most) throws IOException, BusException, Pace.Closing {
        var oldest = new PriorityQueue<>(Comparator.comparing(Kept::ended).reversed());
        for (var shelf : shelves) {
            each(shelf, id -> {
                oldest.add(new Kept(shelf, id, ended(shelf, id)));
                if (oldest.size() > most) {
                    oldest.remove();
                }
            });
        }
        for (var each : oldest) {
            delete(each.shelf(), each.id());
            tools.pace().step(this::settle);
        }
    }

    private interface Visit {
        void visit(String id) throws IOException, BusException;
    }

    /** One after the other, so that a hundred thousand names are not in memory; to delete meanwhile does no harm, see readdir(3). */
    private void each(Shelf shelf, Visit visit) throws IOException, BusException, Pace.Closing {
        try (var all = Files.newDirectoryStream(shelf.folder())) {
            for (var entry : all) {
                var id = Shelves.name(entry);
                if (!id.startsWith(".")) {
                    visit.visit(id);
                    tools.pace().step(this::settle);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** By the ledger; of what it doesn't know the folder's time has to do. */
    private Instant ended(Shelf shelf, String id) throws IOException, BusException {
        var row = tools.ledger().order(id);
        return row.isPresent()
                ? row.get().changed()
                : Files.getLastModifiedTime(shelf.folder().resolve(id), LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
    }

    private void delete(Shelf shelf, String id) throws BusException {
        var row = tools.ledger().order(id);
        if (row.filter(known -> !known.state().isEnd()).isPresent()) {
            // Somebody asked for it again; it goes back into its inbox.
            return;
        }
        try {
            if (Removal.remove(shelf.folder(), id)) {
                count++;
                touched.add(shelf.folder());
                row.map(OrderRow::heading).ifPresent(heading -> gone.add(heading.id()));
            } else {
                problems.add(shelf.folder().resolve(id) + " is no order's folder, and is left alone: move it away");
            }
        } catch (IOException e) {
            problems.add(shelf.folder().resolve(id) + " cannot be deleted: " + e.getMessage());
        }
    }

    private static void removeEmpty(Shelf shelf) throws IOException {
        try {
            Files.delete(shelf.folder());
        } catch (DirectoryNotEmptyException kept) {
            return;
        }
    }

    /** Has the ledger forget what is surely gone. */
    private void settle() throws IOException, BusException {
        for (var folder : touched) {
            if (Shelves.isFolder(folder)) {
                files.syncFolder(folder);
            }
        }
        touched.clear();
        if (!gone.isEmpty()) {
            tools.ledger().forget(List.copyOf(gone));
            gone.clear();
        }
    }
}
