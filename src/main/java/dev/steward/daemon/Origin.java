package dev.steward.daemon;

import dev.steward.config.AgentEnvironment;
import dev.steward.supervise.Surroundings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who started this daemon, as its environment tells.
 *
 * @param guarded whether a guard did, which starts it again
 * @param predecessor the daemon in whose place it came
 */
record Origin(boolean guarded, Optional<Succession> predecessor) {
    private static final String GUARDED = "STEWARD_GUARDED";

    static Origin of(Map<String, String> environment) {
        return new Origin("1".equals(environment.get(GUARDED)), Succession.of(environment));
    }

    /** What agents may inherit: if this daemon was itself started by an agent, its own agents are not that one. */
    static Map<String, String> inheritable(Map<String, String> environment) {
        var own = AgentEnvironment.inheritable(environment);
        own.remove(GUARDED);
        own.remove(Surroundings.GUARD);
        own.remove(Succession.VARIABLE);
        return own;
    }

    /** For the program that takes this daemon's place: everything, as it was given. */
    static Map<String, String> forSuccessor(Map<String, String> environment, Succession succession) {
        var all = new HashMap<>(environment);
        all.put(Succession.VARIABLE, succession.written());
        return all;
    }

    /** For a guard: nobody's agent, and guarded by nobody. */
    static Map<String, String> forGuard(Map<String, String> environment) {
        var own = inheritable(environment);
        own.put(Surroundings.GUARD, "1");
        return own;
    }
}
