package dev.steward.platform;

import dev.steward.posix.Os;
import java.util.List;
import java.util.Optional;

/** Whether a user's systemd lives from boot on, or only while that user is logged in: loginctl(1). */
public final class Lingering {
    private Lingering() {}

    /** What is to be said of it, for people; nothing if it is on. */
    public static Optional<String> warning(Host host, Scope scope) throws InterruptedException {
        return switch (scope) {
            case SYSTEM -> Optional.empty();
            case USER -> host.os() == Os.LINUX ? ofLinux(host) : Optional.of(AT_LOGIN);
        };
    }

    private static final String AT_LOGIN =
            "launchd starts it when you log in, and ends it when you log out; sudo steward install --system starts it at boot";

    private static Optional<String> ofLinux(Host host) throws InterruptedException {
        var answer = host.commands()
                .run(List.of("loginctl", "show-user", "--property=Linger", "--value", Long.toString(host.uid())));
        if (answer.isWell() && answer.said().equals("yes")) {
            return Optional.empty();
        }
        var known = answer.isWell() ? "lingering is off for you" : "nothing tells whether lingering is on for you";
        return Optional.of(known + "; without it the daemon starts when you log in, not at boot, and daemon and agents"
                + " are killed when you log out. To turn it on: loginctl enable-linger");
    }
}
