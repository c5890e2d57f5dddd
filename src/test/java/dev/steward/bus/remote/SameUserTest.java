package dev.steward.bus.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameUserTest {
    @TempDir
    Path folder;

    @Test
    void the_owner_of_the_socket_and_root_may_use_it_and_nobody_else() throws Exception {
        var socket = Files.createFile(folder.resolve("bus.sock"));
        var users = folder.getFileSystem().getUserPrincipalLookupService();
        var same = SameUser.as(socket);
        assertThat(same.is(Files.getOwner(socket))).isTrue();
        assertThat(same.is(users.lookupPrincipalByName("root"))).isTrue();
        assertThat(same.is(users.lookupPrincipalByName("nobody"))).isFalse();
    }
}
