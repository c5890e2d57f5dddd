package dev.steward.posix;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The name of a local socket, see unix(7). */
public sealed interface SocketName {
    /** A file, with the rights of a file. */
    record InFileSystem(Path path) implements SocketName {
        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** Known to Linux alone and not to its file systems: gone with the socket, and open to every user of the machine. */
    record Abstract(String name) implements SocketName {
        @Override
        public String toString() {
            return "@" + name;
        }
    }

    /**
     * Reads a name as {@code NOTIFY_SOCKET} has it: an absolute path, or {@code @} and an abstract name. See sd_notify(3).
     *
     * @throws Refused with the reason, if no local socket can have that name
     */
    static SocketName parse(String text) throws Refused {
        if (text.startsWith("vsock")) {
            throw new Refused(
                    "\"" + text + "\" is a socket of another machine (vsock), and Steward only knows local ones");
        }
        if (text.startsWith("/")) {
            return new InFileSystem(Path.of(text)).checked();
        }
        if (text.startsWith("@") && text.length() > 1) {
            return new Abstract(text.substring(1)).checked();
        }
        throw new Refused("\"" + text
                + "\" is no name of a socket: it takes an absolute path, or @ and a name outside of the file system");
    }

    /**
     * The same, if it fits: the kernel has room for 107 bytes of UTF-8 here, 103 on macOS.
     *
     * @throws Refused with the reason
     */
    default SocketName checked() throws Refused {
        var bytes = bytes().length;
        var room = (Os.current() == Os.MACOS ? 104 : 108) - 1;
        if (bytes > room) {
            throw new Refused("the socket name " + this + " is too long: the system takes " + room
                    + " bytes, and this has " + bytes + ". Choose a shorter folder or name");
        }
        if (toString().indexOf('\0') >= 0) {
            throw new Refused("a socket name has no NUL character");
        }
        return this;
    }

    /** What is written into the address, without the NUL before or after it. */
    private byte[] bytes() {
        var text = switch (this) {
            case InFileSystem(var path) -> path.toString();
            case Abstract(var name) -> name;
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Why a name cannot be a socket's, for people. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String reason) {
            super(reason);
        }
    }
}
