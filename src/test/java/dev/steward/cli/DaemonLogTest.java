package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonLogTest {
    @TempDir
    Path folder;

    @Test
    void it_tells_what_came_since() throws IOException {
        var file = Files.writeString(folder.resolve("steward.log"), "before\n");
        var log = DaemonLog.at(file);
        Files.writeString(file, "since\n", StandardOpenOption.APPEND);
        assertThat(log.since()).isEqualTo("since\n");
    }

    @Test
    void it_tells_what_is_left_of_a_log_that_was_cut_meanwhile() throws IOException {
        var file = Files.writeString(folder.resolve("steward.log"), "before, and long\n");
        var log = DaemonLog.at(file);
        Files.writeString(file, "    \nsince\n");
        assertThat(log.since()).isEqualTo("since\n");
        Files.delete(file);
        assertThat(log.since()).isEmpty();
    }
}
