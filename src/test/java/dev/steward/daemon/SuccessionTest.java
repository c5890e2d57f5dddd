package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.control.CannotBeReplaced;
import dev.steward.posix.Handover;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuccessionTest {
    @TempDir
    Path folder;

    private Home home;

    @BeforeEach
    void make() throws IOException {
        home = new Home(folder);
        Files.createDirectories(home.run());
    }

    @Test
    void what_a_daemon_tells_the_next_is_read_by_it() {
        var handover = Handover.read("5,7:TERM,INT").orElseThrow();
        for (var heard : List.of(List.<Signal>of(), List.of(Signal.TERM, Signal.HUP))) {
            var told = new Succession("1.2.3", -42, heard, handover);
            var read =
                    Succession.of(Map.of(Succession.VARIABLE, told.written())).orElseThrow();
            assertThat(read.version()).isEqualTo("1.2.3");
            assertThat(read.wentNanos()).isEqualTo(-42);
            assertThat(read.heard()).isEqualTo(heard);
            assertThat(read.written()).isEqualTo(told.written());
        }
    }

    @Test
    void what_another_process_was_told_or_nobody_says_is_nothing() {
        var other = new Succession("1", 1, List.of(), Handover.read(":").orElseThrow())
                .written()
                .replaceFirst("[0-9]+", "1");
        assertThat(Succession.of(Map.of(Succession.VARIABLE, other))).isEmpty();
        var pid = ProcessHandle.current().pid();
        for (var text : List.of("", "x", pid + " 1 x  :", pid + " 1 1  a:", pid + " 1 1 :")) {
            assertThat(Succession.of(Map.of(Succession.VARIABLE, text)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void no_agent_and_no_guard_is_told_what_the_daemon_was() {
        var told = new HashMap<>(Map.of(
                "STEWARD_GUARDED", "1",
                "STEWARD_GUARD", "1",
                "STEWARD_SUCCEEDS", "x",
                "NOTIFY_SOCKET", "/x",
                "WATCHDOG_USEC", "1",
                "STEWARD_AGENT", "a",
                "MINE", "x"));
        assertThat(Origin.of(told).guarded()).isTrue();
        assertThat(Origin.inheritable(told)).containsOnlyKeys("MINE");
        assertThat(Origin.forGuard(told)).containsOnlyKeys("MINE", "STEWARD_GUARD");
    }

    private Successor ask(String script) throws Exception {
        var launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var posix = Posix.forSupervisor()) {
            return Successor.of(launcher, List.of("--home", "a b", "daemon"), home, posix, Map.of("X", "y"));
        }
    }

    @Test
    void a_launcher_is_asked_in_the_daemons_environment_what_it_would_become() throws Exception {
        assertThat(ask("echo a message >&2; printf '%s\\0' /bin/sh \"$@\" \"$X$STEWARD_NO_BUILD\"")
                        .argv())
                .containsExactly("/bin/sh", "--java-command", "--home", "a b", "daemon", "y1");
    }

    @Test
    void a_launcher_that_would_become_nothing_is_refused_with_what_it_says() {
        assertThatThrownBy(() -> ask("echo there is no JDK >&2; exit 69"))
                .isInstanceOf(CannotBeReplaced.class)
                .hasMessageContaining("there is no JDK");
        assertThatThrownBy(() -> ask("printf '/no/such/java\\0'"))
                .isInstanceOf(CannotBeReplaced.class)
                .hasMessageContaining("/no/such/java");
        assertThatThrownBy(() -> ask("printf '/bin/sh\\0daem'")).isInstanceOf(CannotBeReplaced.class);
        assertThatThrownBy(() -> {
                    try (var posix = Posix.forSupervisor()) {
                        Successor.of(folder, List.of(), new Home(folder.resolve("no")), posix, Map.of());
                    }
                })
                .isInstanceOf(CannotBeReplaced.class);
    }
}
