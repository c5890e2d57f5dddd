package dev.steward.supervise;

import dev.steward.posix.Watched;
import java.util.HashMap;
import java.util.Map;

/**
 * Lets what a process sent before it ended be heard before its end: {@code MAINPID=} is often the last that a parent says, and its end
 * would be the agent's else.
 */
final class LastWords {
    private final Loop loop;
    private final Hearing hearing;
    /** Of each process that has ended, whether all was heard. */
    private final Map<Watched, Boolean> heard = new HashMap<>();

    LastWords(Loop loop, Hearing hearing) {
        this.loop = loop;
        this.hearing = hearing;
    }

    /**
     * Whether the end of a main process may be taken now; if not, it is asked again soon, for a process that has ended stays so.
     *
     * @param then what happens once all was heard
     */
    boolean wereHeard(Agent agent, Watched process, Runnable then) {
        if (!Addresses.speaksNotify(agent.config())) {
            return true;
        }
        var known = heard.get(process);
        if (known == null) {
            heard.put(process, false);
            hearing.drain(
                    agent.name(),
                    () -> loop.post(() -> {
                        heard.put(process, true);
                        then.run();
                    }));
            return false;
        }
        return known;
    }

    void forget(Watched process) {
        heard.remove(process);
    }
}
