package dev.steward.cli;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.Set;

/** What {@code doctor} asks of the machine. Each is a function of what was looked at, so that a sick one can be made up. */
final class Machine {
    private static final int NEEDED_JAVA = 25;
    private static final long MEBIBYTE = 1 << 20;
    private static final Instant EARLIEST = Instant.parse("2025-09-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    private static final Set<String> REMOTE =
            Set.of("nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "9p", "fuse.sshfs");
    private static final Set<String> FLEETING = Set.of("tmpfs", "ramfs");

    private Machine() {}

    static Finding java(Runtime.Version version) {
        return version.feature() >= NEEDED_JAVA
                ? Finding.pass("java", "Java " + version)
                : Finding.fail("java", "Java " + version + "; Steward needs " + NEEDED_JAVA + " or later");
    }

    static Finding rights(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            return Finding.warn("home", "there is no " + home + " yet; steward up makes it");
        }
        if (!Files.isWritable(home) || !Files.isExecutable(home)) {
            return Finding.fail("home", home + " cannot be written by this user");
        }
        var rights = Files.getPosixFilePermissions(home, LinkOption.NOFOLLOW_LINKS);
        if (rights.contains(PosixFilePermission.OTHERS_WRITE) || rights.contains(PosixFilePermission.GROUP_WRITE)) {
            return Finding.fail("home", home + " can be written by others. Run: chmod go-w " + home);
        }
        return Finding.pass("home", home.toString());
    }

    static Finding fileSystem(Path home, String type) {
        if (REMOTE.contains(type)) {
            return Finding.fail("file system", home + " is on " + type + ": locks and the database need a local disk");
        }
        return FLEETING.contains(type)
                ? Finding.warn("file system", home + " is on " + type + ", which is empty after a boot")
                : Finding.pass("file system", type);
    }

    static Finding space(Path home, long bytes) {
        var free = bytes / MEBIBYTE + " MiB free";
        if (bytes < 64 * MEBIBYTE) {
            return Finding.fail("disk", free + " at " + home + ": nothing can be recorded on a full disk");
        }
        return bytes < 1024 * MEBIBYTE ? Finding.warn("disk", free + " at " + home) : Finding.pass("disk", free);
    }

    /** Of the daemon, which needs one descriptor for each agent and some for itself. */
    static Finding openFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? openFiles(unix.getMaxFileDescriptorCount())
                : Finding.unknown("open files", "this system does not tell its limit");
    }

    static Finding openFiles(long limit) {
        return limit < 256
                ? Finding.warn(
                        "open files", "the limit is " + limit + "; see ulimit -n: the daemon needs one for each agent")
                : Finding.pass("open files", "at most " + limit);
    }

    /** @param written when this machine last wrote something */
    static Finding clock(Instant now, Instant written) {
        if (now.isBefore(EARLIEST) || now.isAfter(LATEST)) {
            return Finding.fail("clock", "it is not " + now + ": heartbeats and certificates cannot be judged by that");
        }
        return written.isAfter(now.plusSeconds(60))
                ? Finding.warn(
                        "clock", "it says " + now + ", but something was written at " + written + ": it was set back")
                : Finding.pass("clock", now.toString());
    }
}
