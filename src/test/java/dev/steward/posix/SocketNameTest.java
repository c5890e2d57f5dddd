package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketNameTest {
    @Test
    void a_path_is_in_the_file_system_and_an_at_sign_says_that_it_is_not() throws Exception {
        assertThat(SocketName.parse("/run/systemd/notify"))
                .isEqualTo(new SocketName.InFileSystem(Path.of("/run/systemd/notify")))
                .hasToString("/run/systemd/notify");
        assertThat(SocketName.parse("@/org/one two/ü"))
                .isEqualTo(new SocketName.Abstract("/org/one two/ü"))
                .hasToString("@/org/one two/ü");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vsock:2:1234", "vsock-dgram:2:1234", "vsock-stream:4294967295:1"})
    void a_socket_of_another_machine_is_refused_with_the_reason(String name) {
        assertThatThrownBy(() -> SocketName.parse(name))
                .isInstanceOf(SocketName.Refused.class)
                .hasMessage(
                        "\"" + name + "\" is a socket of another machine (vsock), and Steward only knows local ones");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "relative", "./x", " /x", "tcp:1", "\0x"})
    void what_is_no_name_is_refused_with_what_one_is(String name) {
        assertThatThrownBy(() -> SocketName.parse(name))
                .isInstanceOf(SocketName.Refused.class)
                .hasMessageEndingWith("it takes an absolute path, or @ and a name outside of the file system");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_name_of_107_bytes_fits_and_one_of_108_is_refused_with_both_numbers() throws Exception {
        assertThat(SocketName.parse("/" + "x".repeat(106))).hasToString("/" + "x".repeat(106));
        assertThat(SocketName.parse("@" + "x".repeat(107))).hasToString("@" + "x".repeat(107));
        for (var name : new String[] {"/" + "x".repeat(107), "@" + "x".repeat(108), "/" + "ü".repeat(53) + "x"}) {
            assertThatThrownBy(() -> SocketName.parse(name))
                    .isInstanceOf(SocketName.Refused.class)
                    .hasMessage(
                            "the socket name " + name
                                    + " is too long: the system takes 107 bytes, and this has 108. Choose a shorter folder or name");
        }
    }

    @Test
    void a_nul_character_is_refused() {
        assertThatThrownBy(() -> SocketName.parse("@x\0y"))
                .isInstanceOf(SocketName.Refused.class)
                .hasMessage("a socket name has no NUL character");
    }
}
