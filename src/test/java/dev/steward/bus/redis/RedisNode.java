package dev.steward.bus.redis;

import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import dev.steward.bus.Site;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A node for tests: a ledger and a bus over Redis, in a folder of its own. */
final class RedisNode implements AutoCloseable {
    final Path spool;
    final Ledger ledger;
    final RedisBus bus;

    RedisNode(String name, Path home, RedisAddress address, RedisPace pace) throws Exception {
        this(name, home, new RedisBus.Setting(address, pace), InstantSource.system());
    }

    RedisNode(String name, Path home, RedisBus.Setting setting, InstantSource wall) throws Exception {
        this(name, home, setting, wall, Ledgers.openLinked(home.resolve("bus.db"), InstantSource.system()));
    }

    RedisNode(String name, Path home, RedisBus.Setting setting, InstantSource wall, Ledger ledger) throws Exception {
        this.spool = Files.createDirectories(home.resolve("spool"));
        this.ledger = ledger;
        this.bus = RedisBus.open(
                setting,
                new EmbeddedBus(ledger),
                ledger,
                new Site(name, home.resolve("inbox"), spool, 1L << 30),
                new RedisBus.Times(wall, System::nanoTime));
    }

    RedisNode(String name, Path home, RedisAddress address) throws Exception {
        this(name, home, address, RedisPace.USUAL);
    }

    /** Awaits that all that was dropped and acknowledged here has gone to Redis. */
    void settle() throws Exception {
        Await.until("nothing waits to be sent", () -> ledger.outgoing(1).isEmpty());
    }

    void awaitConnected() throws Exception {
        Await.until("it is connected", () -> bus.presence() instanceof Presence.Connected);
    }

    @Override
    public void close() throws BusException {
        bus.close();
        ledger.close();
    }
}
