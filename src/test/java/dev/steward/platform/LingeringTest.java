package dev.steward.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.posix.Os;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LingeringTest {
    private static Optional<String> warning(Os os, Scope scope, int status, String said) throws InterruptedException {
        var commands = new FakeCommands().answer("loginctl show-user", status, said);
        return Lingering.warning(new Host(os, 501, Path.of("/"), commands), scope);
    }

    @Test
    void nothing_is_said_where_it_is_on() throws Exception {
        assertThat(warning(Os.LINUX, Scope.USER, 0, "yes")).isEmpty();
        assertThat(warning(Os.LINUX, Scope.SYSTEM, 0, "no")).isEmpty();
    }

    @Test
    void off_and_unknown_are_both_warned_of() throws Exception {
        assertThat(warning(Os.LINUX, Scope.USER, 0, "no").orElseThrow())
                .startsWith("lingering is off")
                .endsWith("loginctl enable-linger");
        assertThat(warning(Os.LINUX, Scope.USER, 1, "not logged in").orElseThrow())
                .startsWith("nothing tells whether lingering is on");
    }

    @Test
    void macos_has_no_such_thing() throws Exception {
        assertThat(warning(Os.MACOS, Scope.USER, 1, "").orElseThrow()).contains("when you log in", "--system");
    }
}
