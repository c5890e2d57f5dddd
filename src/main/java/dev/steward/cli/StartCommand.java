package dev.steward.cli;

import picocli.CommandLine.Command;

@Command(
        name = "start",
        description = {
            "Starts agents, and what they need; waits until they are up. Agents that run already are left alone.",
            "Exit status 1: one of them is not up, and the output says why."
        },
        footer = {"", "Examples:", "  steward start cls", "  steward start --all --timeout 30s"})
final class StartCommand extends Change {
    StartCommand(Root root) {
        super(root, "start");
    }
}
