package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.config.Command;
import dev.steward.config.LogRules.Notify;
import dev.steward.config.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReopeningTest {
    private static final String PATH = "/usr/bin:/bin";

    @TempDir
    Path folder;

    private final Reopening reopening = new Reopening(Map.of("PATH", PATH, "WHO", "the writer", "PASSWORD", "hunter2"));

    private static Notify exec(Path directory, String... words) {
        return new Notify.Run(
                new Command.Exec(List.of(words).stream().map(Text::new).toList()), directory);
    }

    private Notify shell(String line) {
        return new Notify.Run(new Command.Shell(line), folder);
    }

    @Test
    void a_program_is_run_in_its_folder_with_references_resolved_and_no_other_environment() throws Exception {
        reopening.tell(exec(folder, "sh", "-c", "echo \"$0\" > told; env | cut -d= -f1 >> told", "${env:WHO}"));

        assertThat(Files.readAllLines(folder.resolve("told")))
                .startsWith("the writer")
                .contains("WHO", "PATH")
                .doesNotContain("HOME", "JAVA_HOME");
    }

    @Test
    void a_shell_runs_what_is_one_line() throws Exception {
        reopening.tell(shell("echo \"$WHO\" > told"));
        assertThat(folder.resolve("told")).hasContent("the writer");
    }

    @Test
    void a_program_that_fails_or_is_missing_is_a_failure_that_keeps_its_arguments_secret() {
        assertThatThrownBy(() -> reopening.tell(exec(folder, "sh", "-c", "exit 3", "${env:PASSWORD}")))
                .isInstanceOf(IOException.class)
                .hasMessage("sh ended with status 3");
        assertThatThrownBy(() -> reopening.tell(exec(folder, "no-such-program", "${env:PASSWORD}")))
                .isInstanceOf(IOException.class)
                .hasMessage("no-such-program ended with status 127");
        assertThatThrownBy(() -> reopening.tell(exec(folder, "true", "${env:UNSET}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("${env:UNSET}");
    }

    @Test
    void a_signal_is_sent_to_the_process_whose_pid_the_file_holds() throws Exception {
        var writer = new ProcessBuilder("/bin/cat").start();
        try {
            var pid = Files.writeString(folder.resolve("pid"), writer.pid() + "\n");
            reopening.tell(new Notify.Signal("USR1", pid));
            assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            writer.destroyForcibly();
        }
    }

    @Test
    void a_file_that_holds_no_pid_signals_nobody() throws Exception {
        for (var text : List.of("", "0", "-1", "1 2", "99999999999999999999999")) {
            var file = Files.writeString(folder.resolve("pid"), text);
            assertThatThrownBy(() -> reopening.tell(new Notify.Signal("HUP", file)))
                    .isInstanceOf(IOException.class)
                    .hasMessage(file + " holds no pid");
        }
    }

    @Test
    void who_is_interrupted_while_telling_fails_and_leaves_no_process() throws Exception {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> reopening.tell(shell("exec sleep 60")))
                .isInstanceOf(IOException.class)
                .hasMessage("interrupted while the writers were told");
        assertThat(Thread.interrupted()).isTrue();
    }
}
