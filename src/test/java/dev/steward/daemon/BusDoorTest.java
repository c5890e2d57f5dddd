package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.bus.Bus;
import dev.steward.bus.Site;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.bus.remote.BusSocket;
import dev.steward.bus.remote.RemoteBus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BusDoorTest {
    @TempDir
    Path folder;

    private Path socket;
    private Ledger ledger;
    private Bus bus;
    private BusDoor door;

    @BeforeEach
    void open() throws Exception {
        folder = folder.toRealPath();
        var home = new Home(folder);
        socket = BusSocket.of(folder);
        PrivateFolder.make(home.run());
        PrivateFolder.make(home.spool());
        ledger = Ledgers.open(home.bus(), InstantSource.system());
        bus = new EmbeddedBus(ledger);
        door = BusDoor.listen(home, bus, new Site("studio", folder.resolve("inbox"), home.spool(), 1_000_000));
    }

    @AfterEach
    void close() throws Exception {
        door.close();
        bus.close();
        ledger.close();
    }

    private void isServed() throws Exception {
        try (var client = RemoteBus.connect(folder)) {
            assertThat(client.presence().kind()).isEqualTo("embedded");
        }
    }

    @Test
    void a_socket_that_is_as_it_was_is_left() throws Exception {
        var before = Files.readAttributes(socket, BasicFileAttributes.class).fileKey();
        door.look();
        assertThat(Files.readAttributes(socket, BasicFileAttributes.class).fileKey())
                .isEqualTo(before);
        assertThat(door.problem()).isEmpty();
    }

    @Test
    void one_that_was_taken_away_is_made_anew_and_who_is_connected_is_served_on() throws Exception {
        try (var early = RemoteBus.connect(folder)) {
            Files.delete(socket);
            door.look();
            isServed();
            assertThat(early.presence().kind()).isEqualTo("embedded");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void one_that_was_replaced_by_something_else_is_made_anew() throws Exception {
        Files.delete(socket);
        Files.writeString(socket, "no socket");
        door.look();
        isServed();
    }

    @Test
    void it_may_be_taken_away_as_often_as_somebody_likes() throws Exception {
        for (var i = 0; i < 10; i++) {
            Files.delete(socket);
            door.look();
            isServed();
        }
        door.close();
        assertThat(socket).doesNotExist();
    }

    @Test
    void that_it_cannot_be_made_anew_is_told_as_long_as_it_lasts() throws Exception {
        Files.delete(socket);
        Files.createDirectory(socket);
        Files.writeString(socket.resolve("in the way"), "");
        door.look();
        assertThat(door.problem()).hasValueSatisfying(told -> assertThat(told).startsWith(socket + " is gone, and"));
        Files.delete(socket.resolve("in the way"));
        Files.delete(socket);
        door.look();
        assertThat(door.problem()).isEmpty();
        isServed();
    }

    @Test
    void a_home_without_its_folder_has_no_door() throws IOException {
        var nowhere = new Home(folder.resolve("nowhere"));
        assertThatThrownBy(() -> BusDoor.listen(nowhere, bus, new Site("studio", folder, folder, 1)))
                .isInstanceOf(IOException.class);
    }
}
