package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import java.util.Optional;

/**
 * What a step looks at beside the agent's own life.
 *
 * @param needsMet whether everything that the agent needs is there
 * @param now by the monotonic clock, in nanoseconds
 * @param jitter from 0 to 1, by chance
 * @param pulse of the present incarnation, if it is to beat
 */
record Context(AgentConfig config, boolean needsMet, long now, double jitter, Optional<Pulse> pulse) {}
