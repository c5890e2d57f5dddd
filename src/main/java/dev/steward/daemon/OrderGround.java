package dev.steward.daemon;

import dev.steward.audit.AuditTrail;
import dev.steward.audit.Locker;
import dev.steward.bus.BusException;
import dev.steward.bus.Site;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.local.KnownSite;
import dev.steward.config.BusConfig;
import dev.steward.config.Configuration;
import dev.steward.orders.record.AuditCarrier;
import dev.steward.orders.work.WorkGround;
import dev.steward.orders.work.Workers;
import dev.steward.posix.Posix;
import dev.steward.supervise.Clocks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What work orders stand on.
 *
 * @param trail where what happens is recorded
 */
record OrderGround(Home home, Posix posix, Clocks clocks, Trail trail, Heritage heritage) {
    /** The audit trail and where it lies. */
    record Trail(AuditTrail trail, Path file) {}

    /**
     * What those who work on orders inherit.
     *
     * @param config the configuration file in force
     * @param environment the daemon's own, as agents inherit it
     */
    record Heritage(Path config, Map<String, String> environment) {}

    Buses buses() {
        return new Buses(heritage.environment(), clocks);
    }

    /** The node as those see it who drop and receive; also for those who find no daemon. */
    Site site(Configuration configuration, Ledger ledger) throws BusException, IOException {
        PrivateFolder.make(home.spool());
        var site = new Site(
                configuration.node(),
                configuration.paths().inbox(),
                home.spool(),
                configuration.orders().maxBody().bytes());
        var kind = switch (configuration.bus()) {
            case BusConfig.Embedded _ -> "embedded";
            case BusConfig.Redis _ -> "redis";
        };
        new KnownSite(site, kind).keepIn(ledger);
        return site;
    }

    AuditCarrier carrier(Ledger ledger) {
        var locks = posix.locks();
        var alone = Locker.on(home.carrierLock(), lock -> locks.tryLock(lock).map(held -> held::close));
        return new AuditCarrier(ledger, trail.trail(), trail.file(), alone);
    }

    Workers workers(Ledger ledger, Site site) {
        var ground = new WorkGround(site, home.folder(), heritage.config(), Program.launcher(), heritage.environment());
        return new Workers(ledger, posix, ground, clocks.wall(), clocks.monotonic());
    }
}
