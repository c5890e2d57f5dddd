package dev.steward.cli;

import dev.steward.audit.AuditException;
import dev.steward.audit.AuditReader;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tail",
        description = "Prints the last records, oldest first.",
        footer = {"", "Examples:", "  steward audit tail", "  steward audit tail -n 500 | jq -r .event"})
final class AuditTailCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the one in the configuration.")
    private Optional<String> file = Optional.empty();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "The last N. Default: 20.")
    private int lines;

    AuditTailCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if (lines < 0) {
            throw new Failure(Exit.USAGE, "-n " + lines + ": there are no fewer than 0 records");
        }
        try {
            AuditReader.tail(
                    AuditFile.of(root, file), lines, line -> root.caller().printLine(line));
            return Exit.OK;
        } catch (AuditException e) {
            throw new Failure(Exit.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
