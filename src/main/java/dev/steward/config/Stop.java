package dev.steward.config;

import dev.steward.posix.Signal;
import java.time.Duration;

/** How an agent is asked to stop, and after how long it is killed. */
@Doc("How the agent is asked to stop.")
public record Stop(
        @Doc("The signal that asks; SIGCONT always follows it.") @Default("TERM")
        Signal signal,

        @Doc("After this long, whatever is left is killed.") @Default("10s")
        Duration timeout) {}
