package dev.steward.bus;

import java.time.Instant;

/** An order whose complete folder was found in an inbox, put there by something else than Steward, with its evidence verified. */
public record Found(Heading heading, OrderRow.Hashes hashes, long bodySize, Instant at) {}
