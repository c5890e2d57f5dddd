package dev.steward.bus;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/**
 * What became of an attempt at an order.
 *
 * @param by the worker's name, or the one who answered by hand
 * @param exit the exit status, if a process ended with one
 * @param reason for people; empty if it went well
 * @param output what it wrote, or the result that was handed in: UTF-8, at most {@link #OUTPUT_LIMIT} characters, the end of it
 */
public record Result(
        boolean success,
        String by,
        int attempt,
        Duration took,
        OptionalInt exit,
        String reason,
        String output,
        Instant at) {
    /** Of a longer output the end is kept. */
    public static final int OUTPUT_LIMIT = 64 * 1024;
}
