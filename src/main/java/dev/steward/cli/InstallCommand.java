package dev.steward.cli;

import dev.steward.platform.CannotInstall;
import dev.steward.platform.Host;
import dev.steward.platform.Installation;
import dev.steward.platform.Lingering;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "install",
        description = {
            "Has the machine's init start this home's daemon at boot, and again whenever it dies: writes a unit for systemd"
                    + " (Linux) or a plist for launchd (macOS), and loads it.",
            "It keeps PATH, the locale and the JDK that you set, and nothing else of your environment."
        },
        footer = {
            "",
            "Examples:",
            "  steward install --dry-run                         show the file and the commands, do nothing",
            "  steward install                                   by your own systemd or launchd",
            "  sudo steward --home /srv/agents install --system  by the machine's, as the folder's owner"
        })
final class InstallCommand implements Callable<Integer> {
    private final Root root;
    private final Supplier<Host> host;

    @ArgGroup
    private InstallCommandScope scope = new InstallCommandScope();

    @Option(names = "--dry-run", description = "Shows the file and the commands, and what stands in the way.")
    private boolean dryRun;

    @Option(names = "--force", description = "Replaces a file that somebody else wrote.")
    private boolean force;

    InstallCommand(Root root, Supplier<Host> host) {
        this.root = root;
        this.host = host;
    }

    @Override
    public Integer call() throws Exception {
        var here = host.get();
        var boot = new AtBoot(root, here, scope.asked());
        try {
            var installation = boot.installation();
            if (dryRun) {
                root.caller().print(installation.installPlan());
            }
            check(boot, installation);
            if (!dryRun) {
                installation.install();
                tell(Lingering.warning(here, boot.scope()));
            }
        } catch (CannotInstall e) {
            throw AtBoot.failure(e);
        }
        return Exit.OK;
    }

    private void tell(Optional<String> warning) {
        root.caller()
                .say("the daemon runs" + (warning.isEmpty() ? ", and is started at boot" : "")
                        + "; steward status shows its agents");
        warning.ifPresent(root.caller()::say);
    }

    private void check(AtBoot boot, Installation installation) throws Exception {
        boot.checkConfiguration();
        if (!force) {
            installation.checkFile("--force replaces it");
        }
        var running = boot.running();
        if (running.isPresent() && !installation.isLoaded()) {
            throw new Failure(
                    Exit.TRY_LATER,
                    "a daemon that somebody started by hand runs on "
                            + root.home().folder() + " (pid " + running.get()
                            + "), and there can be only one. First: steward down --keep-agents. Its agents go on, and the"
                            + " daemon that install starts takes them over");
        }
    }
}
