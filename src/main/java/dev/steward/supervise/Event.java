package dev.steward.supervise;

import dev.steward.posix.ExitStatus;
import java.time.Duration;

/** What can happen to an agent. */
sealed interface Event {
    /** It is to run: somebody asked, or the daemon starts it. */
    record Start() implements Event {}

    /** It is to stop and stay stopped. */
    record Stop() implements Event {}

    /** It is to be replaced by a new incarnation. */
    record Restart() implements Event {}

    /** What it needs is about to stop: it stops first, and comes back with it. */
    record StepAside() implements Event {}

    /** Something that it needs has changed. */
    record NeedsChanged() implements Event {}

    /** The process that was asked for exists. */
    record Spawned(Incarnation incarnation) implements Event {}

    /** The process that was asked for cannot be made. */
    record SpawnRefused(String reason) implements Event {}

    /** The process that was asked for must not be made yet: something of an ended incarnation lives. */
    record Blocked() implements Event {}

    /** Nothing of an ended incarnation lives any more. */
    record Cleared() implements Event {}

    /** What could be done to end everything was done, and something lives on. */
    record NotCleared(String whatLives) implements Event {}

    /** A process of it from before this daemon's time was found, and is watched now. */
    record Adopted(Incarnation incarnation, boolean ready) implements Event {}

    /** It has proven that it is ready. */
    record BecameReady() implements Event {}

    /** It has not proven in time that it is ready. */
    record ReadyTimedOut() implements Event {}

    /** Its main process ended. */
    record Exited(ExitStatus status) implements Event {}

    /** It was given time to stop, and that is over. */
    record StopTimedOut() implements Event {}

    /** The pause after a failure is over. */
    record BackoffElapsed() implements Event {}

    /** It has been up for so long that what went wrong before is over. */
    record Settled() implements Event {}

    /** Its next heartbeat is overdue, if none came meanwhile. */
    record Stale() implements Event {}

    /** Its section has changed in what only this daemon looks at. */
    record RulesChanged() implements Event {}

    /** What an incarnation says of itself: without one that runs it means nothing. */
    sealed interface Said extends Event {}

    /** It gave a sign of life that counts. */
    record Beat() implements Said {}

    /** It asks to be treated as one that is stale. */
    record Triggered() implements Said {}

    /** It failed at what it does, and goes on. */
    record SaidFailed(String detail) implements Said {}

    /** It stops by itself. */
    record SaidStopping() implements Said {}

    /** It needs more time, from now on, for whatever it is about. */
    record Extended(Duration by) implements Said {}

    /** Its main process is another one now. */
    record MainChanged(Incarnation incarnation) implements Said {}
}
