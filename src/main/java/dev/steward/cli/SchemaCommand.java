package dev.steward.cli;

import dev.steward.daemon.Program;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

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

    SchemaCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        root.caller().print(Program.loader(root.caller().environment()).schema());
        return Exit.OK;
    }
}
