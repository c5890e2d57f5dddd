package dev.steward.control;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import jdk.net.ExtendedSocketOptions;

/** Who may talk to the daemon: its own user and root, as the kernel knows them (SO_PEERCRED, unix(7)). */
final class Peers {
    private final UserPrincipal owner;
    private final UserPrincipal root;

    Peers(UserPrincipal owner, UserPrincipal root) {
        this.owner = owner;
        this.root = root;
    }

    /** For the user to whom the socket belongs. A machine that knows no user of the name root, as some containers, has none to let in. */
    static Peers of(Path socket) throws IOException {
        var owner = Files.getOwner(socket);
        var users = socket.getFileSystem().getUserPrincipalLookupService();
        try {
            return new Peers(owner, users.lookupPrincipalByName("root"));
        } catch (UserPrincipalNotFoundException e) {
            return new Peers(owner, owner);
        }
    }

    boolean mayTalk(SocketChannel channel) throws IOException {
        return mayTalk(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }

    boolean mayTalk(UserPrincipal peer) {
        return peer.equals(owner) || peer.equals(root);
    }
}
