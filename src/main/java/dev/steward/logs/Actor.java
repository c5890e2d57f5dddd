package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * As whom root touches a log. Who owns one of the folders on the way to it may put another folder in its place at any moment; so root
 * acts as that owner there, and nothing is done with more rights than he has.
 */
final class Actor {
    private static final int ROOT = 0;

    private Actor() {}

    /**
     * The user to become; empty if Steward may act as it does.
     *
     * @param logOwner empty if there is no log
     * @param user whom Steward acts as
     * @throws LeftAlone if others may write to a folder on the way, or it has several owners
     */
    static OptionalInt of(OpenFiles files, Path folder, OptionalInt logOwner, int user) throws IOException, LeftAlone {
        if (user != ROOT) {
            return OptionalInt.empty();
        }
        var owners = new TreeSet<Integer>();
        var real = folder.toRealPath();
        var below = files.facts(real);
        owners.add(below.owner());
        for (var path = real.getParent(); path != null; path = path.getParent()) {
            var facts = files.facts(path);
            if (Trust.othersWrite(facts) && !isSafe(facts, below)) {
                throw new LeftAlone("others may write to " + path + ", and could put any folder in the place of the"
                        + " log's for root to change. Say whose log it is by user: in logs.files, or take the right"
                        + " away: chmod go-w " + path);
            }
            owners.add(facts.owner());
            below = facts;
        }
        owners.remove(ROOT);
        return owners.isEmpty() ? OptionalInt.empty() : owner(owners, logOwner, real);
    }

    /** Only root can rename there what is root's. */
    private static boolean isSafe(FileFacts folder, FileFacts below) {
        return Trust.isSticky(folder) && folder.owner() == ROOT && below.owner() == ROOT;
    }

    private static OptionalInt owner(SortedSet<Integer> owners, OptionalInt logOwner, Path folder) throws LeftAlone {
        var owner = owners.first();
        if (logOwner.isPresent() && logOwner.getAsInt() == ROOT) {
            // As with logrotate: what others can do with root's own lines is to have them moved.
            return OptionalInt.empty();
        }
        if (owners.size() > 1 || (logOwner.isPresent() && logOwner.getAsInt() != owner)) {
            throw new LeftAlone("it and the folders on the way to it belong to several users, one of whom could put any"
                    + " folder in the place of " + folder + ". Say whose log it is by user: in logs.files");
        }
        return OptionalInt.of(owner);
    }
}
