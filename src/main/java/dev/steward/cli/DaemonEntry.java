package dev.steward.cli;

import dev.steward.config.ConfigException;
import dev.steward.daemon.CannotRun;
import dev.steward.daemon.Screen;
import dev.steward.daemon.Steward;
import dev.steward.posix.UnsupportedSystem;
import java.util.Optional;

/** Where the command line becomes the daemon. */
final class DaemonEntry {
    private DaemonEntry() {}

    /** {@code up}: shows states and the agents' output until Ctrl-C. */
    static int foreground(Root root) throws Failure {
        return run(root, Optional.of(root.caller()::printLine));
    }

    /** {@code daemon}: in the background, with its log on standard error. */
    static int background(Root root) throws Failure {
        return run(root, Optional.empty());
    }

    private static int run(Root root, Optional<Screen> screen) throws Failure {
        try {
            new Steward(root.home(), root.configFile(), root.caller().environment()).run(screen);
            return Exit.OK;
        } catch (ConfigException e) {
            throw new Failure(Exit.CONFIGURATION, "the configuration is refused:\n" + e.getMessage());
        } catch (UnsupportedSystem e) {
            throw new Failure(Exit.UNAVAILABLE, String.valueOf(e.getMessage()));
        } catch (CannotRun e) {
            var status = switch (e.why()) {
                case RUNS_ALREADY -> Exit.TRY_LATER;
                case CANNOT_CREATE -> Exit.CANNOT_CREATE;
                case UNAVAILABLE -> Exit.UNAVAILABLE;
            };
            throw new Failure(status, String.valueOf(e.getMessage()));
        }
    }
}
