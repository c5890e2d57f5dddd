package dev.steward.logs;

import dev.steward.config.LogRules;
import dev.steward.config.LogRules.Strategy;
import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rotates logs, one at a time. What was interrupted before is brought to its end first. Thread-safe: of two for one log, the second
 * finds it busy.
 */
final class Rotator {
    /** What the JDK takes in the place of bytes that it cannot read as a name. */
    private static final char UNKNOWN_LETTER = '\ufffd';

    /** In bytes; somebody waits for it. */
    private static final long MOST_RENEWED = 4 << 20;

    private final OpenFiles files;
    private final Around around;
    private final ByRenaming.Teller teller;
    private final Abilities abilities = new Abilities();

    Rotator(OpenFiles files, Around around, ByRenaming.Teller teller) {
        this.files = files;
        this.around = around;
        this.teller = teller;
    }

    /** What came of looking at a log. */
    sealed interface Attempt {
        record Done(Rotated rotated) implements Attempt {}

        record Would(Outcome.Way way, long bytes) implements Attempt {}

        /** Nothing is to be done; {@code why} is for people, and empty if it is neither large nor old enough. */
        record NotDue(String why) implements Attempt {}

        record Busy() implements Attempt {}
    }

    /**
     * Rotates a log if it is due, or forced.
     *
     * @throws LeftAlone if it must not be touched
     * @throws IOException if it could not be; archives and live log hold what the log held, once each
     */
    Attempt rotate(Log log, Wish wish, Instant now) throws IOException, LeftAlone {
        var folder = new LogFolder(files, log.path());
        try {
            requireRegular(folder);
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.MISSING) {
                return withoutLive(folder, log.rules(), wish, now);
            }
            throw e;
        }
        if (log.rules().strategy() instanceof Strategy.Rename && !wish.dryRun()) {
            ByRenaming.tidy(folder);
        }
        try (var live = folder.live()) {
            if (!live.tryLock() || !isAtItsPlace(folder, live)) {
                return new Attempt.Busy();
            }
            return rotate(new Opened(folder, live, live.facts(), log.rules(), now), wish);
        }
    }

    /**
     * Begins a log anew whose head is a hole, if it is certain that nobody writes to it, and little has to be copied: what was not
     * archived yet becomes an archive. Else it stays as it is.
     */
    void renew(Log log, Instant now) throws IOException, LeftAlone {
        var folder = new LogFolder(files, log.path());
        requireRegular(folder);
        try (var live = folder.live()) {
            if (!live.tryLock() || !isAtItsPlace(folder, live)) {
                return;
            }
            var opened = new Opened(folder, live, live.facts(), log.rules(), now);
            refuse(Trust.refusal(opened.facts(), folder.facts(), around.user()));
            var head = Head.of(live, opened.facts().size(), true);
            var owed = Interrupted.in(folder, files, around.user()).of(opened.id());
            var few = opened.facts().size() - head.length() <= MOST_RENEWED;
            if (few
                    && live.nextHole(0) == 0
                    && head.explained()
                    && owed.isEmpty()
                    && around.isSurelyUnwritten(opened.facts())) {
                ByCopying.run(opened, head);
            }
        }
    }

    private void requireRegular(LogFolder folder) throws IOException, LeftAlone {
        if (folder.log().toString().indexOf(UNKNOWN_LETTER) >= 0) {
            throw new LeftAlone("its name has letters that this locale does not. Run Steward with LC_ALL=C.UTF-8, or"
                    + " rename it");
        }
        if (files.facts(folder.log()).regular()) {
            return;
        }
        var kind = Files.readAttributes(folder.log(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        throw new LeftAlone(
                kind.isSymbolicLink()
                        ? "it is a symbolic link. Name the file that it leads to"
                        : kind.isDirectory()
                                ? "it is a folder. Name the files in it, for example by *.log"
                                : "it is no regular file");
    }

    /** Somebody may have put another file in its place before it was locked. */
    private boolean isAtItsPlace(LogFolder folder, OpenFile live) throws SystemFailure {
        try {
            return FileId.of(files.facts(folder.log())).equals(FileId.of(live.facts()));
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.MISSING) {
                return false;
            }
            throw e;
        }
    }

    private Attempt withoutLive(LogFolder folder, LogRules rules, Wish wish, Instant now)
            throws IOException, LeftAlone {
        if (!wish.dryRun() && Files.isDirectory(folder.path())) {
            Interrupted.in(folder, files, around.user()).publishWithout(Optional.empty(), now);
            ByRenaming.resume(files, folder, rules.strategy(), teller);
        }
        return new Attempt.NotDue("there is no such file");
    }

    private Attempt rotate(Opened log, Wish wish) throws IOException, LeftAlone {
        refuse(Trust.refusal(log.facts(), log.folder().facts(), around.user()));
        if (Actor.of(files, log.folder().path(), OptionalInt.of(log.facts().owner()), around.user())
                .isPresent()) {
            throw new LeftAlone("another file came into its place while it was opened");
        }
        var unfinished = wish.dryRun() ? interrupted(log).of(log.id()) : unfinished(log);
        if (unfinished.isPresent()) {
            return wish.dryRun() ? wouldResume(unfinished.get()) : done(resume(log, unfinished.get()));
        }
        var kept = Shelf.kept(log.folder());
        var head = Head.of(log.live(), log.facts().size(), !kept.isEmpty());
        var lines = log.facts().size() - head.length();
        if (!wish.dryRun()) {
            Shelf.prune(log, 0, lines);
        }
        if (lines == 0) {
            return new Attempt.NotDue("there is nothing in it");
        }
        if (!wish.force() && !Due.isDue(log.rules(), lines, since(log.facts(), kept), log.now())) {
            return new Attempt.NotDue("");
        }
        if (!(log.rules().strategy() instanceof Strategy.Rename)) {
            requireAppended(log, head);
        }
        return wish.dryRun() ? would(log, head) : done(run(log, head));
    }

    private static void refuse(Optional<String> reason) throws LeftAlone {
        if (reason.isPresent()) {
            throw new LeftAlone(reason.get());
        }
    }

    private Interrupted interrupted(Opened log) throws IOException {
        return Interrupted.in(log.folder(), files, around.user());
    }

    /** Also makes archives of what others left that are gone. */
    private Optional<CutRecord> unfinished(Opened log) throws IOException, LeftAlone {
        var interrupted = interrupted(log);
        interrupted.publishWithout(Optional.of(log.id()), log.now());
        ByRenaming.resume(files, log.folder(), log.rules().strategy(), teller);
        return interrupted.of(log.id());
    }

    private static Optional<Instant> since(FileFacts facts, List<Retention.Kept> kept) {
        if (!kept.isEmpty()) {
            return Optional.of(kept.getFirst().modified());
        }
        return facts.birth();
    }

    /** A writer at a place of its own would leave a hole before it, or overwrite what is there. */
    private void requireAppended(Opened log, Head head) throws IOException, LeftAlone {
        var hole = log.live().nextHole(head.length());
        if (!head.explained() || hole < log.facts().size()) {
            throw new LeftAlone("it has a hole" + (head.explained() ? " at byte " + hole : " at its head")
                    + ": somebody writes to it without appending. Have the writer open it with O_APPEND (in a shell >>"
                    + " instead of >), then copy it and begin a new one");
        }
        var writer = around.whoWritesAnywhere(log.facts());
        if (writer.isPresent()) {
            throw new LeftAlone(writer.get() + " writes to it without appending, and would leave a hole. Have it"
                    + " open the log with O_APPEND (in a shell >> instead of >)");
        }
    }

    private static Attempt wouldResume(CutRecord unfinished) {
        var way = switch (unfinished.step()) {
            case Step.Truncate _ -> Outcome.Way.COPY_TRUNCATE;
            case Step.Hole _ -> Outcome.Way.PUNCH;
            case Step.Open _, Step.Punch _, Step.Collapse _, Step.Pad _ -> Outcome.Way.CUT;
        };
        return new Attempt.Would(way, unfinished.owned());
    }

    private Attempt would(Opened log, Head head) throws IOException {
        var size = log.facts().size();
        return switch (log.rules().strategy()) {
            case Strategy.Cut _ -> {
                var end = LineEnds.last(log.live(), head.length(), size, size).orElse(head.length());
                yield end == head.length()
                        ? noWholeLine()
                        : new Attempt.Would(
                                log.rules().keep().count() == 0 ? Outcome.Way.DISCARD : Outcome.Way.CUT,
                                end - head.length());
            }
            case Strategy.Rename _ -> new Attempt.Would(Outcome.Way.RENAME, size);
            case Strategy.CopyTruncate _ -> new Attempt.Would(Outcome.Way.COPY_TRUNCATE, size);
        };
    }

    private static Attempt noWholeLine() {
        return new Attempt.NotDue("it has no whole line yet");
    }

    private static Attempt done(Optional<Rotated> rotated) {
        return rotated.<Attempt>map(Attempt.Done::new).orElseGet(Rotator::noWholeLine);
    }

    private Optional<Rotated> run(Opened log, Head head) throws IOException, LeftAlone {
        return switch (log.rules().strategy()) {
            case Strategy.Cut _ -> new ByCutting(log, ability(log)).run(head);
            case Strategy.CopyTruncate _ -> ByCopying.run(log, head);
            case Strategy.Rename rename -> Optional.of(new ByRenaming(log, teller).run(rename));
        };
    }

    /** As it was begun, whatever the rules say by now. */
    private Optional<Rotated> resume(Opened log, CutRecord unfinished) throws IOException, LeftAlone {
        // Where nothing can be cut, only a copy can have been begun.
        var copied = unfinished.step() instanceof Step.Truncate || ability(log) instanceof Ability.Nothing;
        return Optional.of(
                copied ? ByCopying.resume(log, unfinished) : new ByCutting(log, ability(log)).resume(unfinished));
    }

    private Ability ability(Opened log) throws IOException, LeftAlone {
        Cutting.requireRoom(log.folder(), log.id());
        return abilities.in(log.folder(), log.facts().device(), log.facts().blockSize());
    }
}
