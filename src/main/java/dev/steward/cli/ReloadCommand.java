package dev.steward.cli;

import dev.steward.control.Question;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "reload",
        description = {
            "Takes up the edited configuration: only agents whose section changed are touched.",
            "A file that is refused changes nothing; exit status 78."
        },
        footer = {"", "Example:", "  steward validate && steward reload"})
final class ReloadCommand implements Callable<Integer> {
    private final Root root;

    ReloadCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() throws Exception {
        var told = root.ask(Question.of("reload")).text();
        root.caller().print(told.endsWith("\n") ? told : told + "\n");
        return Exit.OK;
    }
}
