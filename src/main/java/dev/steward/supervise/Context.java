package dev.steward.supervise;

import dev.steward.config.AgentConfig;

/**
 * What a step looks at beside the agent's own life.
 *
 * @param needsMet whether everything that the agent needs is there
 * @param now by the monotonic clock, in nanoseconds
 * @param jitter from 0 to 1, by chance
 */
record Context(AgentConfig config, boolean needsMet, long now, double jitter) {}
