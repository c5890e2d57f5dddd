package dev.steward.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.agent.Options.Misuse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void it_takes_what_the_daemon_puts_into_the_environment() throws Misuse {
        var environment = Map.of("STEWARD_HEARTBEAT_FILE", "/x/beat.json", "STEWARD_HEARTBEAT_EVERY", "3s");
        assertThat(Options.parse(List.of("--name", "cls"), environment))
                .isEqualTo(new Options("cls", Optional.of(Path.of("/x/beat.json")), Duration.ofSeconds(3)));
    }

    @Test
    void arguments_win_over_the_environment() throws Misuse {
        var environment = Map.of("STEWARD_HEARTBEAT_FILE", "/x/beat.json", "STEWARD_HEARTBEAT_EVERY", "3s");
        assertThat(Options.parse(List.of("--name=cls", "--heartbeat=/y.json", "--every", "1m"), environment))
                .isEqualTo(new Options("cls", Optional.of(Path.of("/y.json")), Duration.ofMinutes(1)));
    }

    @Test
    void without_any_it_beats_each_ten_seconds_and_writes_no_file() throws Misuse {
        assertThat(Options.parse(List.of("--name", "cls"), Map.of()))
                .isEqualTo(new Options("cls", Optional.empty(), Duration.ofSeconds(10)));
    }

    @Test
    void it_refuses_an_inbox_by_name() {
        assertThatThrownBy(() -> Options.parse(List.of("--name", "cls", "--inbox", "CLS"), Map.of()))
                .isInstanceOf(Misuse.class)
                .hasMessageContaining("--inbox: work orders come with a later version");
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
    }
}
