package dev.steward.bus.local;

import dev.steward.bus.BusContract;
import dev.steward.bus.BusSamples;
import dev.steward.bus.remote.ServedLedger;
import java.nio.file.Path;
import java.time.InstantSource;

/** Through the daemon. */
class LocalBusContractTest extends BusContract {
    @Override
    protected Fixture fixture(Path home) throws Exception {
        return new ServedLedger(
                home, at -> new LocalBus(at, InstantSource.fixed(BusSamples.CREATED), System::nanoTime));
    }
}
