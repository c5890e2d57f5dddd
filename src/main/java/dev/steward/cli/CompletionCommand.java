package dev.steward.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Prints a script by which a shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  steward completion bash > ~/.local/share/bash-completion/completions/steward",
            "  source <(steward completion zsh)                          in ~/.zshrc",
            "  steward completion fish > ~/.config/fish/completions/steward.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Root root;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    /** As people write them. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    CompletionCommand(Root root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        var whole = spec.root().commandLine();
        root.caller()
                .print(
                        switch (shell) {
                            // Picocli's script asks which of the two runs it.
                            case bash, zsh -> AutoComplete.bash("steward", whole);
                            case fish -> Fish.script(whole.getCommandSpec());
                        });
        return Exit.OK;
    }
}
