package dev.steward.config;

import java.time.Duration;

/** The pause after a failure: the first one, doubling up to the longest. */
public record Backoff(Duration first, Duration max) {}
