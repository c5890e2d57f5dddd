package dev.steward.supervise;

import dev.steward.config.AgentConfig;
import dev.steward.store.AgentRow.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An agent as it is at one moment.
 *
 * @param state one of {@code stopped, starting, up, stopping, backing_off, ended, failed}
 * @param reason why it is in this state, for people
 * @param process the present incarnation's; empty if nothing runs
 * @param restarts ends of ready incarnations, since the agent is known
 * @param failures starts that did not become ready, since the agent is known
 * @param lastExit how the last incarnation ended, for people
 * @param incidents causes of its open incidents
 * @param asked what a person last asked for
 * @param heard what the present incarnation says of itself
 */
public record AgentStatus(
        AgentConfig config,
        String state,
        String reason,
        Optional<Running> process,
        long restarts,
        long failures,
        Optional<String> lastExit,
        List<String> incidents,
        Optional<Asked> asked,
        Heard heard) {
    /**
     * The process of an incarnation.
     *
     * @param uptime by the monotonic clock
     */
    public record Running(long pid, String incarnation, Instant started, Duration uptime) {}

    /**
     * What an incarnation says of itself: unknown is never healthy.
     *
     * @param beatAge since its last beat that counted, by the monotonic clock; empty if there was none
     * @param iter that beat's number, if it has one
     * @param trouble what is wrong with its present signs of life, for people; empty if nothing is known to be
     * @param said what it is about, in its own words without control characters; empty if it said nothing
     */
    public record Heard(Optional<Duration> beatAge, OptionalLong iter, String trouble, String said) {
        public static final Heard NOTHING = new Heard(Optional.empty(), OptionalLong.empty(), "", "");
    }

    public String name() {
        return config.name();
    }

    public boolean isUp() {
        return state.equals("up");
    }
}
