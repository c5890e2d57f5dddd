package dev.steward.store;

import java.util.Optional;

/**
 * What is remembered of an agent.
 *
 * @param asked what a person last asked for; empty for an agent never started or stopped by hand
 * @param state the state's name, as {@code status} prints it
 * @param incarnation the present one, or empty
 * @param nextIncarnation the id that the next incarnation will have: recorded while the present one runs, so that a start needs no write
 * @param lastExit how the last incarnation ended, for people; empty if none did
 */
public record AgentRow(
        String name,
        Optional<Asked> asked,
        String state,
        String reason,
        Optional<IncarnationRow> incarnation,
        String nextIncarnation,
        long restarts,
        long failures,
        Optional<String> lastExit) {
    /** What a person asked for. */
    public enum Asked {
        START,
        STOP
    }
}
