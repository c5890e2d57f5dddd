package dev.steward.config;

import java.util.List;

/** What an agent runs. */
public sealed interface Command {
    /** Executed as it is: the program, then its arguments. */
    record Exec(List<Text> argv) implements Command {}

    /** Given to {@code /bin/sh -c}. */
    record Shell(String script) implements Command {}
}
