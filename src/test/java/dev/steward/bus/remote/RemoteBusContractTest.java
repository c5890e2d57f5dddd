package dev.steward.bus.remote;

import dev.steward.bus.BusContract;
import java.nio.file.Path;

class RemoteBusContractTest extends BusContract {
    @Override
    protected Fixture fixture(Path home) throws Exception {
        return new ServedLedger(home, RemoteBus::connect);
    }
}
