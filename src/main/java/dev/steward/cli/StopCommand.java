package dev.steward.cli;

import picocli.CommandLine.Command;

@Command(
        name = "stop",
        description = {
            "Stops agents, after those that need them, and waits until nothing of them lives.",
            "They stay stopped, also when the daemon starts anew, until: steward start.",
            "Exit status 1: something of them lives on, and the output says what."
        },
        footer = {"", "Examples:", "  steward stop cls", "  steward stop --all --no-wait"})
final class StopCommand extends Change {
    StopCommand(Root root) {
        super(root, "stop");
    }
}
