package dev.steward.config;

import java.time.Duration;

/** How many of something may happen within a time before it is an incident. */
public record Budget(int limit, Duration within) {}
