package dev.steward.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "daemon", hidden = true, description = "The daemon itself, as up --detach starts it.")
final class DaemonCommand implements Callable<Integer> {
    private final Root root;

    DaemonCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        return DaemonEntry.background(root);
    }
}
