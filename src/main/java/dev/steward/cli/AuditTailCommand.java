package dev.steward.cli;

import dev.steward.audit.AuditException;
import dev.steward.audit.AuditFollower;
import dev.steward.audit.AuditReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tail",
        description = "Prints the last records, oldest first.",
        footer = {
            "",
            "Examples:",
            "  steward audit tail",
            "  steward audit tail -n 500 | jq -r .event",
            "  steward audit tail -n 0 -f"
        })
final class AuditTailCommand implements Callable<Integer> {
    private static final Duration EVERY = Duration.ofMillis(200);

    private final Root root;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the one in the configuration.")
    private Optional<String> file = Optional.empty();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "The last N. Default: 20.")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with those that come, until Ctrl-C.")
    private boolean follow;

    AuditTailCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        if (lines < 0) {
            throw new Failure(Exit.USAGE, "-n " + lines + ": there are no fewer than 0 records");
        }
        try {
            var follower = AuditReader.tail(AuditFile.of(root, file), lines, root.caller()::printLine);
            if (follow) {
                goOn(follower);
            }
            return Exit.OK;
        } catch (AuditException e) {
            throw new Failure(Exit.UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    private void goOn(AuditFollower follower) throws AuditException, InterruptedException {
        while (root.caller().isHeard()) {
            root.caller().pause().of(EVERY);
            if (follower.news(root.caller()::printLine)) {
                root.caller().say("the file became shorter, or is another one: this is all of it");
            }
        }
    }
}
