package dev.steward.bus.local;

import dev.steward.bus.Bus;
import dev.steward.bus.BusContract;
import dev.steward.bus.BusSamples;
import dev.steward.bus.remote.ServedLedger;
import java.nio.file.Path;
import java.time.InstantSource;

/** Without a daemon, after there was one. */
class PastTheDaemonContractTest extends BusContract {
    @Override
    protected Fixture fixture(Path home) throws Exception {
        return new WithoutDaemon(new ServedLedger(
                home, at -> new LocalBus(at, InstantSource.fixed(BusSamples.CREATED), System::nanoTime)));
    }

    private static final class WithoutDaemon implements Fixture {
        private final ServedLedger served;

        WithoutDaemon(ServedLedger served) throws Exception {
            this.served = served;
            served.cut();
        }

        @Override
        public Bus bus() {
            return served.bus();
        }

        @Override
        public Bus other() throws Exception {
            return served.other();
        }

        @Override
        public void restart() throws Exception {
            served.restart();
            served.cut();
        }

        @Override
        public Path spool() {
            return served.spool();
        }

        @Override
        public void close() throws Exception {
            served.close();
        }
    }
}
