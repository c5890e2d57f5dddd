package dev.steward.supervise;

import java.util.List;

/**
 * What an event does to an agent.
 *
 * @param reason why the state is what it is now, for people; empty if the event changed nothing
 */
record Step(Life life, List<Action> actions, String reason) {
    static Step nothing(Life life) {
        return new Step(life, List.of(), "");
    }

    /** Something has changed that nobody has to be told of. */
    static Step changed(Life life) {
        return new Step(life, List.of(), "");
    }
}
