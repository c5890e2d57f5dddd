package dev.steward.cli;

import dev.steward.platform.Scope;
import java.util.Optional;
import picocli.CommandLine.Option;

/** At most one of two. */
final class InstallCommandScope {
    @Option(names = "--user", description = "By your own init, as you. The default, but for root.")
    private boolean user;

    @Option(names = "--system", description = "By the machine's init, as the home's owner; for root alone.")
    private boolean system;

    Optional<Scope> asked() {
        if (user) {
            return Optional.of(Scope.USER);
        }
        return system ? Optional.of(Scope.SYSTEM) : Optional.empty();
    }
}
