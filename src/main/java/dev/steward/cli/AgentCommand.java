package dev.steward.cli;

import dev.steward.agent.ReferenceAgent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** Reached only if an option stands before the word: the entry point starts the agent itself. */
@Command(
        name = "agent",
        description = "The reference agent: beats, receives an inbox, hears acknowledgements.",
        footer = "Example: steward agent --name cls --inbox CLS")
final class AgentCommand implements Callable<Integer> {
    @Parameters(hidden = true)
    private List<String> rest = new ArrayList<>();

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws InterruptedException {
        arguments.addAll(rest);
        return ReferenceAgent.run(arguments, System.getenv());
    }
}
