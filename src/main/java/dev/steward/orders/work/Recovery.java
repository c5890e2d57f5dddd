package dev.steward.orders.work;

import dev.steward.bus.BusException;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Work;
import dev.steward.bus.ledger.Ledger;
import dev.steward.posix.Identity;
import dev.steward.posix.Poller;
import dev.steward.posix.Processes;
import dev.steward.posix.Watched;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what a former daemon left: handlers that go on are waited for, the results of those that ended count, and what has no right to
 * live is ended. For the loop's thread alone.
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final Machine machine;
    private final Attempts attempts;
    private final Clocks clocks;
    private final Path work;

    Recovery(Ledger ledger, Machine machine, Attempts attempts, Clocks clocks, Path work) {
        this.ledger = ledger;
        this.machine = machine;
        this.attempts = attempts;
        this.clocks = clocks;
        this.work = work;
    }

    /** What runs here. */
    record Machine(Processes processes, Poller poller, Handlers handlers, Leftovers leftovers) {}

    /**
     * Does so.
     *
     * @param rules by the name of a worker
     * @param due told when attempts at orders may begin
     * @throws BusException if the ledger doesn't tell; it may be tried again
     * @throws IOException if the files cannot be looked at; it may be tried again
     */
    void run(Function<String, Rules> rules, Lookout due) throws BusException, IOException {
        for (var row : rows(OrderState.WORKING)) {
            if (!attempts.ids().contains(row.heading().id())) {
                row.work().ifPresent(by -> takeUp(row, by, rules.apply(by.worker())));
            }
        }
        endStrays();
        rows(OrderState.FAILED).forEach(row -> row.due().ifPresent(due::due));
    }

    private List<OrderRow> rows(OrderState state) throws BusException {
        var all = new ArrayList<OrderRow>();
        var query = OrderQuery.in(Set.of(state), PAGE);
        var page = ledger.orders(query);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = ledger.orders(query.below(page.getLast().seq()));
        }
        return all;
    }

    private void takeUp(OrderRow row, Work by, Rules rules) {
        var identity = new Identity(by.pid(), by.start(), by.boot());
        var files = AttemptFiles.of(work, row.heading().id(), row.attempt());
        var free = machine.leftovers().free(files.life());
        var process = free ? Optional.<Watched>empty() : machine.poller().adopt(identity);
        var begin = new Attempt.Begin(by.since(), clocks.nanos() - age(identity, by, files, process.isPresent()));
        var attempt = new Attempt(
                row.heading().id(), new Attempt.Origin(by.worker(), row.failures(), false), rules, files, begin);
        attempt.identity = Optional.of(identity);
        attempt.work = Optional.of(by);
        if (process.isPresent()) {
            attempt.main = process;
            letGo(attempt);
            attempts.addRunning(attempt);
        } else {
            var sameBoot = by.boot().equals(machine.processes().boot());
            attempts.addEnded(attempt, Ending.unseen(files.written(), sameBoot));
        }
    }

    /** The former daemon may have been killed between the record and the word. */
    private void letGo(Attempt attempt) {
        try {
            machine.handlers().letGoAgain(attempt);
        } catch (IOException e) {
            LOG.warn("{}: its handler may wait for a word that cannot be said: {}", attempt.id, e.getMessage());
        }
    }

    /** How long it has been running, or ran, in nanoseconds. */
    private long age(Identity identity, Work by, AttemptFiles files, boolean lives) {
        var byKernel = lives ? machine.processes().age(identity) : Optional.<Duration>empty();
        return byKernel.orElseGet(() -> {
                    try {
                        var until = lives
                                ? clocks.instant()
                                : Files.getLastModifiedTime(files.status()).toInstant();
                        return Duration.between(by.since(), until);
                    } catch (IOException none) {
                        return Duration.ZERO;
                    }
                })
                .toNanos();
    }

    /** Attempts of which the ledger knows nothing: never recorded, or given up while no daemon watched. */
    private void endStrays() throws IOException {
        if (!Files.isDirectory(work)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(work)) {
            for (var folder : folders) {
                var id = String.valueOf(folder.getFileName());
                if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && !attempts.ids().contains(id)) {
                    var begin = new Attempt.Begin(clocks.instant(), clocks.nanos());
                    attempts.addEnded(
                            new Attempt(
                                    id,
                                    new Attempt.Origin("", 0, false),
                                    Rules.none(),
                                    new AttemptFiles(folder, 0),
                                    begin),
                            new End.Interrupted("nobody knows of it"));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
