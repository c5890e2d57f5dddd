package dev.steward.bus;

import java.time.Duration;
import java.time.Instant;

/**
 * An agent's own sign of life.
 *
 * @param iter counts from 1 at each boot of the agent
 * @param every after three of these it is stale
 */
public record Beat(String agent, Instant at, long iter, long pid, String incarnation, String boot, Duration every) {}
