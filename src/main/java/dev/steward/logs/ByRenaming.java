package dev.steward.logs;

import dev.steward.config.LogRules;
import dev.steward.config.LogRules.Strategy;
import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFiles;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotates by renaming the live log and making a new one; its writers are told to open that. A marker beside the log says as long as
 * they were not told: whoever is killed leaves it to the next look to tell them.
 */
final class ByRenaming {
    private static final Logger LOG = LoggerFactory.getLogger(ByRenaming.class);

    private final Opened log;
    private final Teller teller;
    private final LogFolder folder;

    /** Tells the writers of a log that was renamed. */
    interface Teller {
        /**
         * Returns when they know.
         *
         * @throws IOException if they could not be told
         */
        void tell(LogRules.Notify how) throws IOException;
    }

    ByRenaming(Opened log, Teller teller) {
        this.log = log;
        this.teller = teller;
        folder = log.folder();
    }

    private static String marker(LogFolder folder) {
        return "." + folder.name() + ".cut-renamed";
    }

    private static String unseen(LogFolder folder) {
        return "." + folder.name() + ".cut-new";
    }

    /** Takes away the first name of a new log, by which it would count as one that somebody has made a hard link to. */
    static void tidy(LogFolder folder) throws IOException {
        if (Files.exists(folder.path(marker(folder)), LinkOption.NOFOLLOW_LINKS)) {
            folder.delete(unseen(folder));
        }
    }

    Rotated run(Strategy.Rename strategy) throws IOException, LeftAlone {
        var size = log.facts().size();
        var marker = marker(folder);
        folder.delete(marker);
        folder.create(marker).close();
        var archive = Shelf.put(folder, folder.name());
        makeLive(folder, log.facts(), log.now());
        finish(folder, strategy, teller);
        var said = strategy.told().isPresent()
                ? ""
                : "nobody was told: a writer that keeps the file open goes on writing to the archive";
        return Shelf.prune(log, new Rotated(Outcome.Way.RENAME, size, 0, Optional.of(archive), said), 0);
    }

    /** Brings one that was interrupted to its end. Writers may be told twice. */
    static void resume(OpenFiles files, LogFolder folder, Strategy strategy, Teller teller) throws IOException {
        if (!(strategy instanceof Strategy.Rename rename) || !Files.exists(folder.path(marker(folder)))) {
            return;
        }
        var newest = folder.path(new Archive(1, false));
        if (!Files.exists(folder.log()) && Files.exists(newest)) {
            var as = files.facts(newest);
            makeLive(folder, as, as.modified());
        }
        finish(folder, rename, teller);
    }

    /** A new log appears with its owner and mode; one that a writer has made meanwhile stays. */
    private static void makeLive(LogFolder folder, FileFacts as, Instant at) throws IOException {
        var unseen = unseen(folder);
        folder.delete(unseen);
        try (var fresh = folder.create(unseen)) {
            Shelf.dress(fresh, as, at);
            Files.createLink(folder.log(), folder.path(unseen));
        } catch (FileAlreadyExistsException present) {
            LOG.debug("{} was made by its writer", folder.log());
        } finally {
            folder.delete(unseen);
        }
    }

    /** Tells the writers, and then takes the marker away. */
    private static void finish(LogFolder folder, Strategy.Rename strategy, Teller teller) throws IOException {
        if (strategy.told().isPresent()) {
            teller.tell(strategy.told().get());
        }
        folder.delete(marker(folder));
    }
}
