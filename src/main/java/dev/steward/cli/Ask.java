package dev.steward.cli;

import dev.steward.control.Answer;
import dev.steward.control.Question;

/** What is asked the same way by the quick way and by the commands. */
final class Ask {
    private Ask() {}

    static Question status(boolean json, boolean colour) {
        return Question.of("status").with("format", json ? "json" : "text").with("color", colour);
    }

    static Question isUp(String agent) {
        return Question.of("is_up").with("agent", agent);
    }

    static int isUp(Answer answer) {
        return answer.flag("up") ? Exit.OK : Exit.NOT_UP;
    }

    /** A text as it is; any other value as JSON, in a line of its own. */
    static String printed(Answer answer) {
        return answer.isText() ? answer.text() : answer.json() + "\n";
    }
}
