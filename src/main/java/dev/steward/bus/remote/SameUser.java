package dev.steward.bus.remote;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/** Who may use the bus: the daemon's own user and root, as the kernel knows them (SO_PEERCRED, unix(7)). */
record SameUser(Set<UserPrincipal> users) {
    static SameUser as(Path socket) throws IOException {
        var owner = Files.getOwner(socket);
        try {
            var all = socket.getFileSystem().getUserPrincipalLookupService();
            return new SameUser(Set.copyOf(List.of(owner, all.lookupPrincipalByName("root"))));
        } catch (UserPrincipalNotFoundException e) {
            // As in some containers: then there is no root to let in.
            return new SameUser(Set.of(owner));
        }
    }

    boolean isOn(SocketChannel channel) throws IOException {
        return is(channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user());
    }

    boolean is(UserPrincipal peer) {
        return users.contains(peer);
    }
}
