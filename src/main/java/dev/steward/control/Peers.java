package dev.steward.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** Who may talk to the daemon: its own user and root, as the kernel knows them (SO_PEERCRED, unix(7)). */
final class Peers {
    private final UserPrincipal owner;
    private final UserPrincipal root;

    Peers(UserPrincipal owner, UserPrincipal root) {
        this.owner = owner;
        this.root = root;
    }

    /** For the user to whom the socket belongs. */
    static Peers of(Path socket) throws IOException {
        var users = socket.getFileSystem().getUserPrincipalLookupService();
        return new Peers(Files.getOwner(socket), users.lookupPrincipalByName("root"));
    }

    boolean mayTalk(SocketChannel channel) throws IOException {
        return mayTalk(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }

    boolean mayTalk(UserPrincipal peer) {
        return peer.equals(owner) || peer.equals(root);
    }
}
