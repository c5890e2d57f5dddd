package dev.steward.cli;

import dev.steward.config.ConfigException;
import dev.steward.config.Templates;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        description =
                "Writes a first configuration, with comments, where steward up reads it. Never over another without --force.",
        footer = {
            "",
            "Examples:",
            "  steward init                                 one agent to begin with",
            "  steward init --reference                     the reference deployment",
            "  steward init --from-procfile Procfile        an agent for each of its lines",
            "  steward --config /etc/steward.yaml init      in another place"
        })
final class InitCommand implements Callable<Integer> {
    private final Root root;

    @ArgGroup
    private Source source = new Source();

    @Option(names = "--force", description = "Replaces a file that is there.")
    private boolean force;

    /** What it is made from. */
    static final class Source {
        @Option(names = "--reference", description = "The reference deployment.")
        private boolean reference;

        @Option(
                names = "--from-procfile",
                paramLabel = "FILE",
                description = "A Procfile: a line NAME: COMMAND for each.")
        private Optional<String> procfile = Optional.empty();
    }

    InitCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var file = root.configFile();
        FirstConfig.write(file, content(), force);
        root.caller().say("wrote " + file + "; next: steward up --detach");
        return Exit.OK;
    }

    private String content() throws Failure, ConfigException {
        if (source.procfile.isPresent()) {
            return Templates.fromProcfile(root.path(source.procfile.get()));
        }
        return source.reference ? Templates.reference() : Templates.starter();
    }
}
