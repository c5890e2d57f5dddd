package dev.steward.control;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Where a home's socket is: {@code run/steward.sock} in it, or, where that path is too long for a socket address (unix(7): 108
 * bytes on Linux, macOS: 104, with the NUL at its end), a file in {@code /tmp/steward-<uid>/} that is named after the home.
 * Daemon and command line come to the same answer.
 */
public final class SocketPath {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Integer ROOT = 0;

    private final Path temporary;
    private final int longest;

    SocketPath(Path temporary, int longest) {
        this.temporary = temporary;
        this.longest = longest;
    }

    /**
     * The socket of a home. Creates nothing.
     *
     * @throws NoSuchFileException if there is no such home
     * @throws IOException if the folder in {@code /tmp} is not safe to use; the message says why
     */
    public static Path of(Path home) throws IOException {
        return here().find(home);
    }

    /**
     * The same for the daemon, which is about to make the socket: its folder exists afterwards, and only the owner can enter it.
     *
     * @throws IOException if that could not be done
     */
    public static Path prepare(Path home) throws IOException {
        return here().make(home);
    }

    private static SocketPath here() {
        var mac = System.getProperty("os.name", "").startsWith("Mac");
        return new SocketPath(Path.of("/tmp"), mac ? 103 : 107);
    }

    Path find(Path home) throws IOException {
        var real = home.toRealPath();
        var inside = real.resolve("run").resolve("steward.sock");
        if (inside.toString().getBytes(StandardCharsets.UTF_8).length <= longest) {
            return inside;
        }
        var owner = owner(real);
        var folder = temporary.resolve("steward-" + owner);
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            verify(folder, owner);
        }
        return folder.resolve(name(real) + ".sock");
    }

    Path make(Path home) throws IOException {
        var socket = find(home);
        var folder = socket.getParent();
        if (folder == null) {
            throw new IOException(socket + " has no folder");
        }
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        if (socket.startsWith(temporary)) {
            verify(folder, owner(home));
        } else if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
        return socket;
    }

    /** Anybody may make a folder in /tmp, and whoever owns it could put a socket of their own there. */
    private static void verify(Path folder, Integer owner) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(
                    folder + " is not a folder: somebody put it there. Remove it, or use a home with a shorter path");
        }
        var actual = owner(folder);
        if (!actual.equals(owner) && !actual.equals(ROOT)) {
            throw new IOException(folder + " belongs to another user (uid " + actual
                    + "). Remove it, or use a home with a shorter path");
        }
        if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(OWNER_ONLY)) {
            throw new IOException(folder + " can be entered by others. Run: chmod 700 " + folder);
        }
    }

    private static Integer owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    private static String name(Path home) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(digest.digest(home.toString().getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
