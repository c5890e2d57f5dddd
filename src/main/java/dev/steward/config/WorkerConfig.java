package dev.steward.config;

import java.time.Duration;

/**
 * A program that handles the orders of one inbox. Two sections are equal when nothing differs.
 *
 * @param inbox as it was written; names of inboxes compare without case. No other worker has it
 * @param concurrency how many orders it handles at a time, at least 1
 * @param timeout how long an attempt may take, longer than nothing
 * @param retries how many attempts may follow the first one
 * @param backoff the pause before each of these
 */
public record WorkerConfig(
        String name,
        String inbox,
        Invocation invocation,
        int concurrency,
        Duration timeout,
        int retries,
        Backoff backoff) {}
