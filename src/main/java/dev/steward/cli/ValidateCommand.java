package dev.steward.cli;

import dev.steward.daemon.Program;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        description =
                "Checks a configuration, and says all that is wrong with it. Exit status 78: it would be refused.",
        footer = {"", "Examples:", "  steward validate", "  steward validate new.yaml"})
final class ValidateCommand implements Callable<Integer> {
    private final Root root;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "Default: the one that the daemon reads.")
    private Optional<String> file = Optional.empty();

    ValidateCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var path = file.isPresent() ? root.path(file.get()) : root.configFile();
        var configuration = Program.loader(root.caller().environment()).load(path);
        root.caller().printLine(path + " is valid: " + Census.of(configuration));
        return Exit.OK;
    }
}
