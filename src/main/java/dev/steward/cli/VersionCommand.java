package dev.steward.cli;

import dev.steward.daemon.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "version",
        description = "Prints the version of Steward and of its Java.",
        footer = {"", "Example:", "  steward version"})
final class VersionCommand implements Callable<Integer> {
    private final Root root;

    VersionCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.caller().printLine(line());
        return Exit.OK;
    }

    static String line() {
        return "steward " + Program.version() + " (Java " + Runtime.version() + ", " + System.getProperty("os.name")
                + " " + System.getProperty("os.arch") + ")";
    }
}
