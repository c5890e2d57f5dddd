package dev.steward.bus.remote;

import java.nio.file.Path;

/** Where a home's bus can be reached by other processes. */
public final class BusSocket {
    private BusSocket() {}

    /** The socket of a home. It is there while the daemon runs; one of a killed daemon answers nobody. */
    public static Path of(Path home) {
        return home.resolve("run").resolve("bus.sock");
    }

    /** Why nobody answers there, for people, and what to do. */
    public static String unanswered(Path home) {
        return DaemonLock.isHeld(home)
                ? "the daemon on " + home
                        + " has not opened its bus: it just starts, or is being replaced, which takes seconds;"
                        + " if it stays so, see: steward status"
                : "no daemon runs on " + home + "; start it: steward up --detach";
    }
}
