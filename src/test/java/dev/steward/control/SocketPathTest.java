package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPathTest {
    private static final int LONGEST = 107;

    @TempDir
    Path folder;

    private Path temporary;
    private SocketPath paths;

    @BeforeEach
    void make() throws IOException {
        temporary = Files.createDirectory(folder.resolve("t"));
        paths = new SocketPath(temporary, LONGEST);
    }

    @Test
    void it_is_in_the_home_if_its_path_fits_into_an_address() throws IOException {
        assertThat(paths.find(folder)).isEqualTo(folder.toRealPath().resolve("run/steward.sock"));
    }

    @Test
    void the_last_byte_that_fits_is_counted_in_bytes() throws IOException {
        var rest = LONGEST
                - "/run/steward.sock".length()
                - folder.toRealPath().toString().length()
                - 1;
        var fits = Files.createDirectory(folder.resolve("ä".repeat(rest / 2) + "x".repeat(rest % 2)));
        assertThat(paths.find(fits).toString().getBytes(StandardCharsets.UTF_8)).hasSize(LONGEST);
        assertThat(paths.find(fits)).startsWithRaw(fits.toRealPath());
        var over = Files.createDirectory(folder.resolve("ä".repeat(rest / 2) + "y".repeat(rest % 2 + 1)));
        assertThat(paths.find(over)).startsWithRaw(temporary);
    }

    @Test
    void a_long_home_has_one_in_the_temporary_folder_that_only_the_owner_can_enter() throws IOException {
        var home = longHome();
        var socket = paths.make(home);
        assertThat(socket.getParent()).isEqualTo(temporary.resolve("steward-" + Files.getAttribute(home, "unix:uid")));
        assertThat(socket.getFileName().toString()).matches("[0-9a-f]{16}\\.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void everybody_finds_the_same_one_by_whatever_name_of_the_home() throws IOException {
        var home = longHome();
        var link = Files.createSymbolicLink(folder.resolve("link"), home);
        assertThat(paths.find(link)).isEqualTo(paths.make(home)).isEqualTo(paths.find(home));
    }

    @Test
    void two_homes_have_two() throws IOException {
        assertThat(paths.find(longHome()))
                .isNotEqualTo(paths.find(Files.createDirectory(longHome().resolve("b"))));
    }

    @Test
    void a_folder_of_somebody_else_is_refused() throws IOException {
        var home = longHome();
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(home, "unix:uid")), "only root can give files away");
        var socket = paths.make(home);
        Files.setAttribute(socket.getParent(), "unix:uid", 12345);
        assertThatThrownBy(() -> paths.find(home))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("uid 12345");
    }

    @Test
    void a_link_in_its_place_is_refused() throws IOException {
        var home = longHome();
        var mine = Files.createDirectory(folder.resolve("mine"));
        Files.createSymbolicLink(temporary.resolve("steward-" + Files.getAttribute(home, "unix:uid")), mine);
        assertThatThrownBy(() -> paths.make(home))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a folder");
    }

    @Test
    void a_folder_that_others_can_enter_is_refused() throws IOException {
        var home = longHome();
        var socket = paths.make(home);
        Files.setPosixFilePermissions(socket.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> paths.find(home)).hasMessageContaining("chmod 700");
    }

    @Test
    void the_run_folder_is_closed_to_others_even_if_it_was_open() throws IOException {
        Files.createDirectory(folder.resolve("run"));
        Files.setPosixFilePermissions(folder.resolve("run"), PosixFilePermissions.fromString("rwxrwxrwx"));
        paths.make(folder);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_home_that_is_not_there_has_none() {
        assertThatThrownBy(() -> paths.find(folder.resolve("nowhere"))).isInstanceOf(NoSuchFileException.class);
    }

    private Path longHome() throws IOException {
        return Files.createDirectories(folder.resolve("x".repeat(60)).resolve("y".repeat(60)));
    }
}
