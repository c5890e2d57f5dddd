package dev.steward.bus;

import java.time.Instant;

/**
 * The process that works on an order, by an identity that outlives pids (see {@code proc(5)}).
 *
 * @param start field 22 of {@code /proc/<pid>/stat}
 * @param boot the kernel's id of that boot
 */
public record Work(String worker, long pid, long start, String boot, Instant since) {}
