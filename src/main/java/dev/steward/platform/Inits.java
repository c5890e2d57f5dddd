package dev.steward.platform;

import dev.steward.platform.CannotInstall.Why;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds a machine's init. */
final class Inits {
    private Inits() {}

    /**
     * @param shell the environment of whoever asks, which says where a user's units are
     */
    static Init of(Host host, Scope scope, Map<String, String> shell) throws CannotInstall {
        return switch (host.os()) {
            case LINUX -> new Systemd(scope, units(host, scope, shell));
            case MACOS -> launchd(host, scope, shell);
            case OTHER ->
                throw new CannotInstall(
                        Why.UNAVAILABLE,
                        "this system has neither systemd nor launchd, and Steward knows no other that starts something at"
                                + " boot; its daemon runs on Linux and macOS");
        };
    }

    /** systemd.unit(5), "Unit File Load Path". */
    private static Path units(Host host, Scope scope, Map<String, String> shell) {
        return switch (scope) {
            case SYSTEM -> host.root().resolve("etc/systemd/system");
            case USER ->
                absolute(shell, "XDG_CONFIG_HOME")
                        .orElse(userHome(shell).resolve(".config"))
                        .resolve("systemd/user");
        };
    }

    /** launchd.plist(5), FILES. */
    private static Launchd launchd(Host host, Scope scope, Map<String, String> shell) {
        return switch (scope) {
            case SYSTEM -> new Launchd("system", host.root().resolve("Library/LaunchDaemons"));
            case USER -> new Launchd("gui/" + host.uid(), userHome(shell).resolve("Library/LaunchAgents"));
        };
    }

    private static Path userHome(Map<String, String> shell) {
        return absolute(shell, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home")));
    }

    private static Optional<Path> absolute(Map<String, String> shell, String name) {
        return Optional.ofNullable(shell.get(name))
                .filter(value -> value.startsWith("/"))
                .map(Path::of);
    }
}
