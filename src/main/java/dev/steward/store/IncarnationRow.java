package dev.steward.store;

import dev.steward.posix.Identity;
import java.time.Instant;

/** One process of an agent, as it is remembered. */
public record IncarnationRow(String id, Identity identity, Instant started) {}
