package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TracesTest {
    private static final String DROP = "{\"seq\":1,\"ts\":\"t\",\"event\":\"wo_drop\",\"wo_id\":\"WO-1\"}\n";

    @TempDir
    Path folder;

    private Path audit;

    @BeforeEach
    void name() {
        audit = folder.resolve("audit.jsonl");
    }

    @Test
    void no_trail_no_daemon() {
        assertThat(Traces.ofDaemon(audit)).isFalse();
    }

    @Test
    void what_commands_recorded_is_no_trace_of_a_daemon() throws IOException {
        Files.writeString(audit, DROP + "{\"seq\":2,\"title\":\"\\\"event\\\":\\\"daemon_started\\\"\"}\n");
        assertThat(Traces.ofDaemon(audit)).isFalse();
    }

    @Test
    void a_daemons_start_is_one_wherever_it_stands() throws IOException {
        for (var before : new String[] {"", DROP, "\"", "\"event\":", "\"event\":\"daemon_", "\"event\"\""}) {
            Files.writeString(
                    audit, before + "{\"seq\":9,\"ts\":\"t\",\"event\":\"daemon_started\",\"pid\":1}\n" + DROP);
            assertThat(Traces.ofDaemon(audit)).as(before).isTrue();
        }
    }

    @Test
    void what_cannot_be_read_may_hide_one() throws IOException {
        Files.createDirectory(audit);
        assertThat(Traces.ofDaemon(audit)).isTrue();
    }
}
