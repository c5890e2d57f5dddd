package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MistakesTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_fault_of_steward_is_one_line_that_says_where_its_trace_is() throws IOException {
        assertThat(explain(Ran.Shell.at(home), new IllegalStateException("boom")))
                .isEqualTo(70);
        assertThat(said()).hasLineCount(1).contains("a fault of Steward: java.lang.IllegalStateException: boom");
        var file = Path.of(said().strip().replaceFirst("^.* in ", ""));
        assertThat(file).content().contains("IllegalStateException: boom", "\tat ");
        Files.delete(file);
    }

    @Test
    void whoever_debugs_sees_the_trace_at_once() throws IOException {
        explain(Ran.Shell.at(home).with("STEWARD_DEBUG", "1"), new IllegalStateException("boom"));
        assertThat(said()).contains("\tat dev.steward.cli.MistakesTest");
        Files.delete(Path.of(said().strip().replaceFirst("(?s)^.* in ", "")));
    }

    @Test
    void what_a_person_can_mend_has_no_trace() {
        assertThat(explain(Ran.Shell.at(home), new AccessDeniedException("/x"))).isEqualTo(77);
        assertThat(explain(Ran.Shell.at(home), new Failure(73, "no room"))).isEqualTo(73);
        assertThat(explain(Ran.Shell.at(home), new IOException("bad disk"))).isEqualTo(69);
        assertThat(said()).isEqualTo("steward: /x: no right to do this\nsteward: no room\nsteward: bad disk\n");
    }

    private int explain(Ran.Shell shell, Exception failure) {
        return new Mistakes(new Root(shell.caller(new ByteArrayOutputStream(), err))).explain(failure, "status");
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
