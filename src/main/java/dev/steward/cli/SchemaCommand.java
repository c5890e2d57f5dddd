package dev.steward.cli;

import dev.steward.daemon.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "schema",
        description = "Prints the JSON Schema of the configuration file, for editors and checks.",
        footer = {
            "",
            "Example:",
            "  steward schema > steward.schema.json",
            "  # and as the first line of steward.yaml:",
            "  # yaml-language-server: $schema=steward.schema.json"
        })
final class SchemaCommand implements Callable<Integer> {
    private final Root root;

    @Option(names = "--markdown", description = "The same for people: tables of all keys.")
    private boolean markdown;

    SchemaCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        var loader = Program.loader(root.caller().environment());
        root.caller().print(markdown ? loader.reference() : loader.schema());
        return Exit.OK;
    }
}
