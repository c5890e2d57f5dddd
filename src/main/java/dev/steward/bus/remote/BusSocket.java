package dev.steward.bus.remote;

import java.nio.file.Path;

/** Where a home's bus can be reached by other processes. */
public final class BusSocket {
    private BusSocket() {}

    /** The socket of a home. It is there while the daemon runs; one of a killed daemon answers nobody. */
    public static Path of(Path home) {
        return home.resolve("run").resolve("bus.sock");
    }
}
