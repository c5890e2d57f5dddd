package dev.steward.config;

import java.time.Duration;

/** The pause after a failure: the first one, doubling up to the longest. */
@Doc("The pause before the next start after a failure.")
public record Backoff(
        @Doc("The first pause; each further failure doubles it.") @Default("100ms") @Positive
        Duration first,

        @Doc("The longest pause.") @Default("60s") @Positive Duration max) {}
