package dev.steward.bus.embedded;

import dev.steward.bus.Bus;
import dev.steward.bus.BusContract;
import dev.steward.bus.BusSamples;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

class EmbeddedBusTest extends BusContract {
    @Override
    protected Fixture fixture(Path home) throws Exception {
        return new EmbeddedFixture(home);
    }

    private static final class EmbeddedFixture implements Fixture {
        private final Path home;
        private final Deque<AutoCloseable> open = new ArrayDeque<>();
        private Bus bus;

        EmbeddedFixture(Path home) throws Exception {
            this.home = home;
            this.bus = another();
        }

        private Bus another() throws Exception {
            Ledger ledger = Ledgers.open(home.resolve("bus.db"), InstantSource.fixed(BusSamples.CREATED));
            open.push(ledger);
            var made = new EmbeddedBus(ledger);
            open.push(made);
            return made;
        }

        @Override
        public Bus bus() {
            return bus;
        }

        @Override
        public Bus other() throws Exception {
            return another();
        }

        @Override
        public void restart() throws Exception {
            close();
            bus = another();
        }

        @Override
        public Path spool() throws Exception {
            return Files.createDirectories(home.resolve("spool"));
        }

        @Override
        public void close() throws Exception {
            while (!open.isEmpty()) {
                open.pop().close();
            }
        }
    }
}
