package dev.steward.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        hidden = true,
        description = "Does what a role does most, so that an AOT cache can be made of it.")
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ROLE")
    private Role role = Role.cli;

    private final Root root;

    /** As the launcher names them. */
    enum Role {
        cli,
        daemon,
        agent
    }

    TrainCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        return switch (role) {
            case cli -> Training.commands(root.caller());
            case daemon -> DaemonTraining.run(root.caller());
            case agent -> Training.agent();
        };
    }
}
