package dev.steward.orders;

import dev.steward.bus.BusException;
import dev.steward.orders.PickUp.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sorts what lies in the inbox: whole orders become known, folders that aren't whole are looked at again, soon at first; what can't be
 * an order is told once and left alone. For one thread.
 */
final class Lookout {
    private static final String WORK = "lookout";

    /** Half-written folders beyond these wait until there is room, so that a flood of them takes no memory. */
    private static final int MOST_PENDING = 10_000;

    private static final int MOST_SETTLED = 100_000;
    private static final long BUS_AWAY_PAUSE = 1_000_000_000;

    private final Workplace at;
    private final PickUp pickUp;
    private final Listing listing;
    private final Map<String, Pending> pending = new HashMap<>();
    private final Settled leftAlone = new Settled();

    Lookout(Workplace at, PickUp pickUp) {
        this.at = at;
        this.pickUp = pickUp;
        this.listing = new Listing(at.ground().inbox());
    }

    /** Looks at all names of the inbox, if there may be new ones. */
    void list() throws IOException {
        var listed = new int[1];
        listing.list(name -> {
            listed[0]++;
            heed(name);
        });
        if (at.settled().size() > MOST_SETTLED + 2 * listed[0] && listed[0] > 0) {
            // Most of them aren't there any more; of those that are, the bus knows that they were delivered.
            at.settled().clear();
        }
    }

    /** Some names were missed. */
    void distrust() {
        listing.distrust();
    }

    /** Names that are new, or may be. */
    void heed(Collection<String> names) {
        names.forEach(this::heed);
    }

    private void heed(String name) {
        if (name.startsWith(".") || at.settled().contains(name) || at.receipts().isBrought(name)) {
            return;
        }
        if (pending.size() < MOST_PENDING) {
            pending.putIfAbsent(name, new Pending(at.ground().place(name), now()));
        } else {
            listing.distrust();
        }
    }

    /** Looks at each folder that is due; gives when the next one is, by the monotonic clock, if there is one. */
    Optional<Long> look() {
        for (var name : List.copyOf(pending.keySet())) {
            var folder = pending.get(name);
            if (folder != null && folder.isDue(now()) && isDone(name, folder)) {
                pending.remove(name);
            }
        }
        return pending.values().stream().map(Pending::due).min(Long::compare);
    }

    private boolean isDone(String name, Pending folder) {
        try {
            var facts = Files.readAttributes(folder.folder(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            var odd = oddity(name, facts);
            if (odd.isPresent()) {
                leaveAlone(folder, facts, odd.get());
                return true;
            }
            return isSettled(name, folder);
        } catch (NoSuchFileException e) {
            // Of one that is being written, files are renamed while it is looked at.
            return Disk.isThere(folder.folder()) ? isUnclear(folder, Disk.reason(e)) : isGone(folder);
        } catch (IOException e) {
            return isUnclear(folder, Disk.reason(e));
        } catch (RuntimeException e) {
            // Whatever somebody put there, it must not keep the others from being looked at.
            return isUnclear(folder, "a fault of Steward while it was looked at (" + e + "); please report this");
        } catch (BusException e) {
            at.teller().trouble(WORK, String.valueOf(e.getMessage()));
            folder.putOff(now() + BUS_AWAY_PAUSE);
            return false;
        }
    }

    private boolean isGone(Pending folder) {
        if (folder.isTold()) {
            at.teller().tell(new InboxEvent.Gone(folder.folder()));
        }
        return true;
    }

    private boolean isUnclear(Pending folder, String reason) {
        folder.checked(now(), reason);
        report(folder);
        return false;
    }

    private boolean isSettled(String name, Pending folder) throws IOException, BusException {
        if (folder.isWorthAChecking(now())) {
            switch (pickUp.pick(folder.folder())) {
                case Outcome.Settled _ -> {
                    at.settled().add(name);
                    at.teller().well(WORK);
                    return true;
                }
                case Outcome.NotYet(var reason) -> folder.checked(now(), reason);
                case Outcome.Refused(var reason) -> refuse(folder, reason);
                case Outcome.Later _ -> {
                    folder.putOff(now() + BUS_AWAY_PAUSE);
                    return false;
                }
            }
        }
        report(folder);
        return false;
    }

    /** Told at once, and not read again before it changes; nor told again for the same reason, though its last file came while it was read. */
    private void refuse(Pending folder, String reason) {
        if (folder.isToBeReported(now(), 0) && !reason.equals(folder.reason())) {
            folder.told(true);
            at.teller().tell(new InboxEvent.Refused(folder.folder(), reason));
        }
        folder.checked(now(), reason);
        at.teller().well(WORK);
    }

    private void report(Pending folder) {
        if (folder.isToBeReported(now(), at.timing().patience().toNanos())) {
            var isOrder = FolderCheck.isBegun(folder.folder());
            folder.told(isOrder);
            at.teller()
                    .tell(
                            isOrder
                                    ? new InboxEvent.HalfWritten(folder.folder(), folder.reason())
                                    : new InboxEvent.LeftAlone(folder.folder(), "is no order: " + folder.reason()));
        }
        folder.lookedAt(now(), at.timing().net().toNanos());
    }

    private void leaveAlone(Pending entry, BasicFileAttributes facts, String reason) {
        var key = entry.folder().getFileName() + "\0" + facts.lastModifiedTime() + facts.fileKey();
        if (!leftAlone.contains(key)) {
            leftAlone.add(key);
            at.teller().tell(new InboxEvent.LeftAlone(entry.folder(), reason));
        }
    }

    private static Optional<String> oddity(String name, BasicFileAttributes facts) {
        if (facts.isDirectory()) {
            return Names.objection(name).map(objection -> "its name " + objection);
        }
        if (facts.isSymbolicLink()) {
            return Optional.of("is a link, which is not followed");
        }
        return Optional.of(
                facts.isRegularFile() ? "is a file; an order is a folder" : "is neither a folder nor a file");
    }

    private long now() {
        return at.timing().monotonic().getAsLong();
    }
}
