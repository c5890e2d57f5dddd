package dev.steward.config;

import dev.steward.posix.Signal;
import java.time.Duration;

/** How an agent is asked to stop, and after how long it is killed. */
public record Stop(Signal signal, Duration timeout) {}
