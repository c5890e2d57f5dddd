package dev.steward.orders.archive;

import dev.steward.bus.BusException;
import dev.steward.bus.Heading;
import dev.steward.bus.OrderRow;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * Moves orders that came to their end out of their inboxes, each by one rename. An inbox is read, and not the ledger: what was moved is
 * not looked at again, and what the ledger doesn't know is left alone.
 */
final class Moving {
    private final Pass.Tools tools;
    private final Duration after;
    private final Set<String> problems;
    private final OpenFiles files = Posix.filesOnly();
    private final Set<Path> touched = new HashSet<>();
    private int count;

    Moving(Pass.Tools tools, Duration after, Set<String> problems) {
        this.tools = tools;
        this.after = after;
        this.problems = problems;
    }

    /** How many were moved. */
    int count() {
        return count;
    }

    void run(Instant now) throws IOException, BusException, Pace.Closing {
        for (var inbox : tools.shelves().inboxFolders()) {
            try (var all = Files.newDirectoryStream(inbox)) {
                for (var folder : all) {
                    consider(inbox, folder, now);
                    tools.pace().step(this::sync);
                }
            } catch (DirectoryIteratorException e) {
                problems.add("orders in " + inbox + " cannot be archived: " + e.getMessage());
            }
            tools.pace().end(this::sync);
        }
    }

    private void consider(Path inbox, Path folder, Instant now) throws BusException {
        var id = Shelves.name(folder);
        if (id.startsWith(".")) {
            return;
        }
        var row = tools.ledger().order(id).filter(known -> isOver(known, inbox, now));
        if (row.isEmpty() || !Shelves.isFolder(folder)) {
            return;
        }
        try {
            move(inbox, folder, row.get());
        } catch (IOException e) {
            problems.add(folder + " cannot be archived: " + e.getMessage());
        }
    }

    private boolean isOver(OrderRow row, Path inbox, Instant now) {
        return row.state().isEnd()
                && row.heading().inbox().equals(Heading.inbox(Shelves.name(inbox)))
                && !row.changed().plus(after).isAfter(now);
    }

    private void move(Path inbox, Path folder, OrderRow row) throws IOException {
        var shelf = tools.shelves().shelf(Shelves.name(inbox), Shelves.dayOf(row.changed()));
        if (!Shelves.isFolder(shelf.folder())) {
            tools.shelves().make(shelf);
        }
        Files.move(folder, shelf.folder().resolve(Shelves.name(folder)), StandardCopyOption.ATOMIC_MOVE);
        touched.add(inbox);
        touched.add(shelf.folder());
        count++;
    }

    /** So that none comes back by a power loss after the ledger has forgotten it: it would be taken for a new order. */
    private void sync() throws IOException {
        for (var folder : touched) {
            files.syncFolder(folder);
        }
        touched.clear();
    }
}
