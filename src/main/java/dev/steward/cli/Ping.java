package dev.steward.cli;

import dev.steward.control.Answer;
import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.Question;

/** How a daemon is. */
record Ping(boolean ready, boolean goingDown, long pid, String version) {
    static Ping ask(ControlClient client) throws ControlException {
        return of(client.ask(Question.of("ping")));
    }

    private static Ping of(Answer answer) {
        return new Ping(
                answer.flag("ready"),
                answer.flagIfThere("going_down"),
                Long.parseLong(answer.member("pid")),
                answer.text("version"));
    }

    /** Whether people can ask it for things, and will be able to. */
    boolean serves() {
        return ready && !goingDown;
    }
}
