package dev.steward.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.agent.Options.Misuse;
import dev.steward.orders.InboxName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void it_takes_what_the_daemon_puts_into_the_environment() throws Misuse {
        var environment = Map.of(
                "STEWARD_HEARTBEAT_FILE",
                "/x/beat.json",
                "STEWARD_HEARTBEAT_EVERY",
                "3s",
                "STEWARD_HOME",
                "/home/node");
        assertThat(Options.parse(List.of("--name", "cls"), environment))
                .isEqualTo(new Options(
                        "cls",
                        Path.of("/home/node"),
                        Optional.empty(),
                        Optional.of(Path.of("/x/beat.json")),
                        Duration.ofSeconds(3)));
    }

    @Test
    void arguments_win_over_the_environment() throws Misuse {
        var environment = Map.of(
                "STEWARD_HEARTBEAT_FILE",
                "/x/beat.json",
                "STEWARD_HEARTBEAT_EVERY",
                "3s",
                "STEWARD_HOME",
                "/home/node");
        var arguments =
                List.of("--name=cls", "--heartbeat=/y.json", "--every", "1m", "--inbox", "CLS", "--home", "/other");
        assertThat(Options.parse(arguments, environment))
                .isEqualTo(new Options(
                        "cls",
                        Path.of("/other"),
                        Optional.of(new InboxName("CLS")),
                        Optional.of(Path.of("/y.json")),
                        Duration.ofMinutes(1)));
    }

    @Test
    void without_any_it_beats_each_ten_seconds_writes_no_file_and_takes_the_usual_home() throws Misuse {
        assertThat(Options.parse(List.of("--name", "cls"), Map.of("HOME", "/me")))
                .isEqualTo(new Options(
                        "cls",
                        Path.of("/me/.local/state/steward"),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(10)));
    }

    @Test
    void it_finds_the_home_where_the_daemon_does() throws Misuse {
        for (var environment : List.of(
                Map.of("STEWARD_HOME", "/a/../b", "XDG_STATE_HOME", "/state", "HOME", "/me"),
                Map.of("STEWARD_HOME", "", "XDG_STATE_HOME", "/state", "HOME", "/me"),
                Map.of("XDG_STATE_HOME", "relative", "HOME", "/me"))) {
            assertThat(Options.parse(List.of("--name", "cls"), environment).home())
                    .isEqualTo(dev.steward.daemon.Home.locate(
                                    Optional.empty(), environment, Path.of("").toAbsolutePath())
                            .folder());
        }
    }

    @Test
    void it_says_what_is_missing_or_wrong() {
        assertThatThrownBy(() -> Options.parse(List.of(), Map.of())).hasMessageContaining("--name is missing");
        assertThatThrownBy(() -> Options.parse(List.of("--name"), Map.of()))
                .hasMessageContaining("--name needs a value");
        assertThatThrownBy(() -> Options.parse(List.of("--name", "../x"), Map.of()))
                .hasMessageContaining("--name");
        assertThatThrownBy(() -> Options.parse(List.of("--name", "cls", "--evry", "3s"), Map.of()))
                .hasMessageContaining("unknown argument --evry");
        assertThatThrownBy(() -> Options.parse(List.of("--name", "cls", "--every", "soon"), Map.of()))
                .hasMessageContaining("--every soon");
        assertThatThrownBy(() -> Options.parse(List.of("--name", "cls", "--heartbeat", "a\0b"), Map.of()))
                .hasMessageContaining("--heartbeat: not a path");
        assertThatThrownBy(() -> Options.parse(List.of("--name", "cls", "--home", "a\0b"), Map.of()))
                .hasMessageContaining("--home: not a path");
        assertThatThrownBy(() -> Options.parse(List.of("--name", "cls", "--inbox", "../CLS"), Map.of()))
                .hasMessageContaining("--inbox: the name '../CLS'");
    }
}
