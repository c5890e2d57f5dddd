package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is rotated while its agent starts. */
class LogProbeTest {
    private static final Pattern READY = Pattern.compile("^ready$");
    private static final Instant STARTED = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private Path log;

    @BeforeEach
    void name() {
        log = folder.resolve("cls.log");
    }

    private void append(String text) throws IOException {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** As all whole lines are moved to an archive. */
    private void rotate(Instant at) throws IOException {
        Files.copy(log, folder.resolve("cls.log.1"));
        Files.setLastModifiedTime(folder.resolve("cls.log.1"), FileTime.from(at));
        Files.writeString(log, "");
    }

    @Test
    void a_line_that_was_archived_before_somebody_looked_proves_it() throws IOException {
        append("of before\n");
        var probe = LogProbe.fromNow(log, READY);
        append("ready\nand on\n");
        rotate(STARTED);
        append("more\n");
        assertThat(probe.check()).isTrue();
        assertThat(probe.check()).isTrue();
    }

    @Test
    void a_line_of_an_earlier_incarnation_proves_nothing_wherever_it_is_moved() throws IOException {
        append("ready\n");
        var probe = LogProbe.fromNow(log, READY);
        rotate(STARTED);
        assertThat(probe.check()).isFalse();
        append("begun\n");
        assertThat(probe.check()).isFalse();
        append("ready\n");
        assertThat(probe.check()).isTrue();
    }

    @Test
    void who_was_there_before_is_proven_by_what_was_archived_since_it_started() throws IOException {
        append("ready\n");
        rotate(STARTED.minusSeconds(1));
        assertThat(LogProbe.since(STARTED, log, READY).check()).isFalse();
        Files.delete(folder.resolve("cls.log.1"));
        append("ready\n");
        rotate(STARTED.plusSeconds(1));
        assertThat(LogProbe.since(STARTED, log, READY).check()).isTrue();
    }

    @Test
    void a_log_that_cannot_be_read_proves_nothing() throws IOException {
        Files.createDirectory(log);
        assertThat(LogProbe.fromNow(log, READY).check()).isFalse();
    }

    @Test
    void a_pattern_that_is_given_up_on_proves_nothing() throws IOException {
        var probe = LogProbe.fromNow(log, Pattern.compile("^(.*?,){25}P"));
        append("1,".repeat(2_500) + "\n");
        assertThat(probe.check()).isFalse();
    }
}
