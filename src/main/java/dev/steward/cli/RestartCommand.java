package dev.steward.cli;

import picocli.CommandLine.Command;

@Command(
        name = "restart",
        description = {
            "Replaces the processes of agents, and starts those that do not run; waits until they are up.",
            "Exit status 1: one of them is not up, and the output says why."
        },
        footer = {"", "Examples:", "  steward restart cls", "  steward restart cls web --timeout 1m"})
final class RestartCommand extends Change {
    RestartCommand(Root root) {
        super(root, "restart");
    }
}
