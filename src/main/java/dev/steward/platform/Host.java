package dev.steward.platform;

import com.sun.security.auth.module.UnixSystem;
import dev.steward.posix.Os;
import java.nio.file.Path;

/**
 * The machine and who asks.
 *
 * @param root where the machine's own folders begin: {@code /}, but for tests
 */
public record Host(Os os, long uid, Path root, Commands commands) {
    /** This machine, and the user of this process. */
    public static Host own() {
        var os = Os.current();
        return switch (os) {
            case LINUX, MACOS -> new Host(os, new UnixSystem().getUid(), Path.of("/"), Commands.real());
            case OTHER -> new Host(os, -1, Path.of("/"), Commands.real());
        };
    }

    public boolean isRoot() {
        return uid == 0;
    }
}
