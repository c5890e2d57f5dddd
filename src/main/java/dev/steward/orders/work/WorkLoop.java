package dev.steward.orders.work;

import dev.steward.bus.BusException;
import dev.steward.bus.ledger.Ledger;
import dev.steward.posix.Poller;
import dev.steward.posix.Posix;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that owns all workers and attempts. Everything but {@link #post} is for that thread alone. */
final class WorkLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);

    /** A handler that writes at full speed fills no disk meanwhile. */
    private static final Duration OUTPUT_LOOK = Duration.ofMillis(100);

    /** What failed at once would else fail again as fast as it can. */
    private static final Duration FAULT_PAUSE = Duration.ofMillis(100);

    private static final Duration RECOVER_AGAIN = Duration.ofSeconds(1);

    private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Consumer<List<WorkerStatus>> published;
    private final Clocks clocks;
    private final Poller poller;
    private final Lookout lookout;
    private final Attempts attempts;
    private final Beginnings beginnings;
    private final Reports reports;
    private final Recovery recovery;
    private final Clerk clerk;
    private final Crew crew;
    private boolean recovered;
    private long recoverAt;
    private long outputAt;
    private boolean goingDown;
    private boolean ended;
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

    /**
     * @param threads where the ledger is waited for
     * @param published told how things are, on this thread, whenever something happened
     */
    WorkLoop(Ground ground, Posix posix, Executor threads, Clocks clocks, Consumer<List<WorkerStatus>> published) {
        this.published = published;
        this.clocks = clocks;
        poller = posix.anotherPoller();
        lookout = new Lookout(poller, clocks);
        clerk = new Clerk(ground.ledger(), threads, this::post);
        crew = new Crew(ground.ledger(), lookout::changed);
        var handlers = new Handlers(posix, poller, ground.work());
        var leftovers = new Leftovers(posix, poller);
        reports = new Reports(posix.files(), clerk, clocks, lookout::due);
        attempts = new Attempts(handlers, leftovers, reports, clocks, _ -> lookout.changed());
        beginnings = new Beginnings(
                ground.work(),
                handlers,
                attempts,
                clerk,
                new Beginnings.Shift(clocks, lookout, posix.processes().boot()));
        recovery = new Recovery(
                ground.ledger(),
                new Recovery.Machine(posix.processes(), poller, handlers, leftovers),
                attempts,
                clocks,
                ground.work().work());
        recoverAt = clocks.nanos();
        outputAt = recoverAt;
    }

    /** What it works upon. */
    record Ground(Ledger ledger, WorkGround work) {}

    /** Has something done on this thread, soon; from any thread. */
    void post(Runnable action) {
        posted.add(action);
        poller.wake();
    }

    Crew crew() {
        return crew;
    }

    @Override
    public void run() {
        while (!ended) {
            for (var process : await()) {
                guarded(() -> {
                    if (!attempts.ended(process)) {
                        process.close();
                    }
                });
            }
            for (var action = posted.poll(); action != null; action = posted.poll()) {
                guarded(action);
            }
            guarded(this::tick);
        }
        crew.close();
        attempts.all().forEach(Attempt::close);
        poller.close();
    }

    /** The processes that ended. */
    private List<Watched> await() {
        try {
            return poller.await(millis(clocks.nanos()));
        } catch (RuntimeException e) {
            LOG.error("A fault of Steward while its workers wait; they go on. Please report this.", e);
            LockSupport.parkNanos(FAULT_PAUSE.toNanos());
            return List.of();
        }
    }

    /** A fault that concerns one attempt must not end the others'. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("A fault of Steward in its workers; they go on. Please report this.", e);
        }
    }

    private void tick() {
        var now = clocks.nanos();
        if (!recovered && recoverAt - now <= 0) {
            recover(now);
        }
        attempts.tick(now);
        if (outputAt - now <= 0) {
            outputAt = now + OUTPUT_LOOK.toNanos();
            attempts.all().forEach(reports::bound);
        }
        if (recovered && wantsToLook() && lookout.begins()) {
            look(now);
        }
        if (goingDown && attempts.none()) {
            waiting.forEach(each -> each.complete(null));
            waiting.clear();
        }
        published.accept(crew.status(attempts.all()));
    }

    private void recover(long now) {
        try {
            recovery.run(crew::rules, lookout);
            recovered = true;
            crew.problem("");
        } catch (BusException | IOException e) {
            recoverAt = now + RECOVER_AGAIN.toNanos();
            crew.problem("what was being worked on cannot be found out, so nothing is begun: " + e.getMessage());
        }
    }

    private boolean wantsToLook() {
        return !goingDown && !(crew.isEmpty() && attempts.none());
    }

    private void look(long now) {
        var most = new HashMap<String, Integer>();
        var inboxes = new HashMap<String, String>();
        for (var worker : crew.all()) {
            var busy = attempts.busy(worker.name());
            if (busy < worker.config.concurrency() && !worker.rests(now)) {
                // Those in hand may be among the first.
                most.put(
                        worker.name(),
                        worker.config.concurrency() + attempts.ids().size());
                inboxes.put(worker.name(), worker.inbox());
            }
        }
        clerk.look(most, inboxes, attempts.all().stream().map(Attempt::inHand).toList(), this::saw);
    }

    private void saw(Clerk.Sight sight) {
        lookout.ended();
        crew.problem(sight.trouble()
                .map(why -> "orders cannot be looked for: " + why)
                .orElse(""));
        if (sight.trouble().isPresent()) {
            lookout.due(clocks.instant().plus(RECOVER_AGAIN));
        }
        for (var attempt : attempts.all()) {
            if (sight.withdrawn().stream().anyMatch(each -> each.is(attempt))) {
                attempts.handle(attempt, new Event.Stop(Why.WITHDRAWN));
            }
        }
        if (!goingDown) {
            for (var worker : crew.all()) {
                beginnings.begin(worker, sight.workable().getOrDefault(worker.name(), List.of()));
            }
        }
    }

    /** How long there is nothing to do, in milliseconds and never too short. */
    private int millis(long now) {
        var wait = Long.MAX_VALUE;
        if (!recovered) {
            wait = recoverAt - now;
        } else if (wantsToLook()) {
            wait = lookout.pause(now);
        }
        for (var attempt : attempts.all()) {
            var next = attempt.next();
            if (next.isPresent()) {
                wait = Math.min(wait, next.getAsLong() - now);
            }
            if (attempt.mayWrite()) {
                wait = Math.min(wait, outputAt - now);
            }
        }
        return wait == Long.MAX_VALUE ? -1 : Math.clamp((wait + 999_999) / 1_000_000, 0, Integer.MAX_VALUE);
    }

    /** Begins nothing more, and stops every handler. */
    void goDown(CompletableFuture<Void> done) {
        goingDown = true;
        waiting.add(done);
        attempts.all().forEach(attempt -> attempts.handle(attempt, new Event.Stop(Why.GOING_DOWN)));
    }

    /** Ends; handlers go on. */
    void end() {
        ended = true;
    }
}
