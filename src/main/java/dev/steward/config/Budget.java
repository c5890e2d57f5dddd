package dev.steward.config;

import java.time.Duration;

/** How many of something may happen within a time before it is an incident. */
public record Budget(
        @Doc("How many are too many.") @Default("5") @Range(min = 1, max = 1_000_000)
        int limit,

        @Doc("Within how long.") @Default("60s") @Positive Duration within) {}
