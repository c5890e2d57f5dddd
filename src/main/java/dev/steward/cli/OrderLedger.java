package dev.steward.cli;

import dev.steward.audit.AuditException;
import dev.steward.bus.BusException;
import dev.steward.bus.OrderRow;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.config.BusConfig;
import dev.steward.config.ConfigException;
import dev.steward.config.Configuration;
import dev.steward.control.OrderHand;
import dev.steward.control.OrderReport;
import dev.steward.daemon.Home;
import dev.steward.orders.record.AuditCarrier;
import dev.steward.posix.FileLocks;
import dev.steward.posix.Posix;
import dev.steward.store.SqliteNative;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/** The node's ledger, used by a command itself, since no daemon runs. */
record OrderLedger(Root root, Ledger ledger) implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final int LOOKS = 40;

    /** To look at; where there is none, no order was ever dropped or received. */
    static OrderLedger toRead(Root root) throws Failure, BusException, IOException {
        return ifThere(root)
                .orElseThrow(() -> new Failure(Exit.UNAVAILABLE, "no order was ever dropped or received here"));
    }

    /** To look at; empty where there is none. */
    static Optional<OrderLedger> ifThere(Root root) throws Failure, BusException, IOException {
        var home = root.home();
        if (!Files.exists(home.bus())) {
            return Optional.empty();
        }
        prepare(home);
        return Optional.of(
                new OrderLedger(root, Ledgers.open(home.bus(), root.caller().clock())));
    }

    /** To change what is there; the configuration says whether others are to hear of it. */
    static OrderLedger toChange(Root root) throws Failure, BusException, ConfigException, IOException {
        return Files.exists(root.home().bus()) ? of(root, root.configuration()) : toRead(root);
    }

    /** To drop orders with; made if there is none. */
    static OrderLedger of(Root root, Configuration configuration) throws Failure, BusException, IOException {
        var home = root.home();
        var clock = root.caller().clock();
        prepare(home);
        return new OrderLedger(
                root,
                switch (configuration.bus()) {
                    case BusConfig.Embedded _ -> Ledgers.open(home.bus(), clock);
                    case BusConfig.Redis _ -> Ledgers.openLinked(home.bus(), clock);
                });
    }

    /** Nobody else is to enter the folder, in which the library is that this process runs. */
    private static void prepare(Home home) throws IOException {
        if (!Files.exists(home.run())) {
            Files.createDirectory(
                    home.run(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        // Else the driver puts it into the temporary folder, which works as well.
        SqliteNative.prepare(home.run().resolve("native"));
    }

    OrderReport report() {
        return new OrderReport(ledger, root.caller().clock(), Caller.zone());
    }

    OrderHand hand() {
        return new OrderHand(ledger, root.caller().clock());
    }

    Optional<OrderRow> order(String id) throws BusException {
        return ledger.order(id);
    }

    /** Tells the audit trail what changed. Until that was done it is owed: whoever comes next does it. */
    void tellTheAuditTrail() throws Failure {
        try {
            var file = AuditFile.of(root, Optional.empty());
            var locks = Posix.locksOnly();
            var home = root.home();
            new AuditCarrier(ledger, OwnAudit.of(root, file), file, () -> alone(locks, home)).carry();
        } catch (ConfigException | AuditException | BusException | IOException e) {
            root.caller().say("the audit trail is told of this later: " + e.getMessage());
        }
    }

    /** A daemon that hangs must not keep a command for ever. */
    private Closeable alone(FileLocks locks, Home home) throws IOException {
        for (var i = 0; i < LOOKS; i++) {
            var lock = locks.tryLock(home.carrierLock());
            if (lock.isPresent()) {
                return lock.get()::close;
            }
            try {
                root.caller().pause().of(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
        throw new IOException("somebody else holds " + home.carrierLock());
    }

    @Override
    public void close() throws BusException {
        ledger.close();
    }
}
