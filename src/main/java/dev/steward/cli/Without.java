package dev.steward.cli;

import dev.steward.control.ControlException;
import dev.steward.control.ControlException.Kind;
import java.util.concurrent.Callable;

/** For commands that can do without a daemon. */
final class Without {
    private Without() {}

    /** What the daemon says, or, if there is none or it hangs, what can be found out without it. */
    static <T> T daemon(Callable<T> withDaemon, Callable<T> without) throws Exception {
        try {
            return withDaemon.call();
        } catch (ControlException e) {
            if (e.kind() == Kind.NOT_RUNNING || e.kind() == Kind.SILENT) {
                return without.call();
            }
            throw e;
        }
    }

    /** The same for work orders, which a daemon that is just starting has not opened yet. */
    static <T> T orders(Callable<T> withDaemon, Callable<T> without) throws Exception {
        try {
            return daemon(withDaemon, without);
        } catch (ControlException e) {
            if (e.kind() == Kind.UNAVAILABLE) {
                return without.call();
            }
            throw e;
        }
    }
}
