package dev.steward.orders.work;

import dev.steward.bus.Expected;
import dev.steward.bus.OrderRow;
import dev.steward.bus.Work;
import dev.steward.orders.InboxName;
import dev.steward.orders.archive.Archive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins attempts. For the loop's thread alone. */
final class Beginnings {
    private static final Logger LOG = LoggerFactory.getLogger(Beginnings.class);

    private final WorkGround ground;
    private final Handlers handlers;
    private final Attempts attempts;
    private final Clerk clerk;
    private final Shift shift;

    Beginnings(WorkGround ground, Handlers handlers, Attempts attempts, Clerk clerk, Shift shift) {
        this.ground = ground;
        this.handlers = handlers;
        this.attempts = attempts;
        this.clerk = clerk;
        this.shift = shift;
    }

    /**
     * Time, and the look that follows.
     *
     * @param boot the kernel's id of this boot
     */
    record Shift(Clocks clocks, Lookout lookout, String boot) {}

    /** Begins as many attempts as the worker has room for. */
    void begin(Worker worker, List<OrderRow> workable) {
        var chosen = Slots.begin(workable, attempts.ids(), attempts.busy(worker.name()), worker.config.concurrency());
        try {
            for (var row : chosen) {
                begin(worker, row);
            }
        } catch (CannotBegin e) {
            hindered(worker, String.valueOf(e.getMessage()));
        }
    }

    private void hindered(Worker worker, String why) {
        if (!why.equals(worker.problem())) {
            LOG.warn("Worker {} begins nothing: {}", worker.name(), why);
        }
        var rest = worker.hindered(why, shift.clocks().nanos());
        shift.lookout().due(shift.clocks().instant().plus(rest));
    }

    private void begin(Worker worker, OrderRow row) throws CannotBegin {
        var id = row.heading().id();
        var inbox = inbox(worker);
        var folder = inbox.resolve(id);
        var files = AttemptFiles.of(ground.work(), id, row.attempt() + 1);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && !isRestored(inbox, id)) {
            fail(worker, row, folder, files);
            return;
        }
        var begin = new Attempt.Begin(shift.clocks().instant(), shift.clocks().nanos());
        var attempt =
                new Attempt(id, new Attempt.Origin(worker.name(), row.failures(), true), worker.rules, files, begin);
        if (!handlers.hold(attempt, worker.config, new Launch.Task(row, folder, files))) {
            // What lives has no right to: whatever the ledger says to be worked on is in hand.
            attempts.addEnded(attempt, new End.Interrupted("an earlier attempt was still alive"));
            return;
        }
        attempts.add(attempt);
        record(worker, attempt);
    }

    private void record(Worker worker, Attempt attempt) {
        var identity = attempt.identity.orElseThrow();
        var work = new Work(worker.name(), identity.pid(), identity.start(), shift.boot(), attempt.since());
        attempt.work = Optional.of(work);
        clerk.begin(attempt.id, work, answer -> {
            if (answer.done()) {
                worker.began();
            }
            answer.trouble().ifPresent(trouble -> hindered(worker, "it cannot be recorded that it begins: " + trouble));
            attempts.handle(attempt, answer.done() ? new Event.Begun() : new Event.NotBegun());
        });
    }

    private Path inbox(Worker worker) throws CannotBegin {
        try {
            var inbox =
                    new InboxName(worker.config.inbox()).folderIn(ground.site().inboxes());
            if (!Files.isDirectory(inbox)) {
                throw new CannotBegin("its inbox " + inbox + " is not there");
            }
            return inbox;
        } catch (IOException e) {
            throw new CannotBegin("its inbox cannot be found: " + e.getMessage());
        }
    }

    /** One that came to its end may have been archived before somebody asked for it again. */
    private static boolean isRestored(Path inbox, String id) throws CannotBegin {
        try {
            return Archive.restore(inbox, id);
        } catch (IOException e) {
            throw new CannotBegin(id + " cannot be taken out of the archive: " + e.getMessage());
        }
    }

    private void fail(Worker worker, OrderRow row, Path folder, AttemptFiles files) {
        var account = new Verdict.Account(
                worker.name(),
                files.number() - 1,
                row.failures(),
                Duration.ZERO,
                "",
                shift.clocks().instant());
        clerk.fail(
                row.heading().id(),
                Verdict.folderGone(account, folder.toString(), new Expected.Unchanged(row.changed())),
                answer -> answer.trouble().ifPresent(trouble -> hindered(worker, trouble)));
    }
}
