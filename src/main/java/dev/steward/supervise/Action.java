package dev.steward.supervise;

import java.time.Duration;

/** What the shell is to do after a step, in the given order. */
sealed interface Action {
    /** Make a process; answers with {@code Spawned}, {@code SpawnRefused} or {@code Blocked}. */
    record Spawn() implements Action {}

    /** Begin to look for the proof that it is ready; answers with {@code BecameReady}. */
    record AwaitReady() implements Action {}

    /** Ask the process and its group to stop, and wake them so that they hear it. */
    record Terminate() implements Action {}

    /** Kill whatever lives of it. */
    record Kill() implements Action {}

    /** End what is left of the incarnation; answers with {@code Cleared} or {@code NotCleared}. */
    record Clear() implements Action {}

    /** Wake this agent after a while, with the event that belongs to the alarm. */
    record Arm(Alarm alarm, Duration after) implements Action {}

    /** See that this alarm, if it is armed, comes no sooner than after this. */
    record Extend(Alarm alarm, Duration to) implements Action {}

    /** Forget every alarm of this agent. */
    record Disarm() implements Action {}

    record OpenIncident(Cause cause, String detail) implements Action {}

    record ResolveIncident(Cause cause) implements Action {}
}
