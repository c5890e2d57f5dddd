package dev.steward.cli;

import dev.steward.platform.CannotInstall;
import dev.steward.platform.Host;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "uninstall",
        description = {
            "Takes back what steward install did: has the init stop the daemon, which stops its agents, and removes the file.",
            "A daemon that was started by hand goes on, and so does everything in the home."
        },
        footer = {
            "",
            "Examples:",
            "  steward uninstall",
            "  steward down --keep-agents && steward uninstall    the agents go on without a daemon",
            "  steward uninstall --dry-run                        show what would be done"
        })
final class UninstallCommand implements Callable<Integer> {
    private final Root root;
    private final Supplier<Host> host;

    @ArgGroup
    private InstallCommandScope scope = new InstallCommandScope();

    @Option(names = "--dry-run", description = "Shows what would be done, and does nothing.")
    private boolean dryRun;

    UninstallCommand(Root root, Supplier<Host> host) {
        this.root = root;
        this.host = host;
    }

    @Override
    public Integer call() throws Exception {
        var boot = new AtBoot(root, host.get(), scope.asked());
        try {
            var installation = boot.installation();
            if (dryRun) {
                root.caller().print(installation.uninstallPlan());
                if (Files.notExists(installation.file(), LinkOption.NOFOLLOW_LINKS)) {
                    root.caller().say("nothing is installed: there is no " + installation.file());
                }
            }
            installation.checkFile("remove it yourself, if nobody needs it");
            if (!dryRun) {
                installation.uninstall();
            }
        } catch (CannotInstall e) {
            throw AtBoot.failure(e);
        }
        return Exit.OK;
    }
}
