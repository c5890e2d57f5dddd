package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void an_old_java_fails() {
        assertThat(Machine.java(Runtime.Version.parse("24.0.1")).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Machine.java(Runtime.Version.parse("25")).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void a_home_that_others_can_write_fails() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(Machine.rights(folder).said()).contains("chmod go-w");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(Machine.rights(folder).verdict()).isEqualTo(Verdict.PASS);
        assertThat(Machine.rights(folder.resolve("none")).verdict()).isEqualTo(Verdict.WARN);
    }

    @Test
    void a_remote_disk_fails_and_one_in_memory_is_warned_of() {
        assertThat(Machine.fileSystem(folder, "nfs4").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Machine.fileSystem(folder, "tmpfs").verdict()).isEqualTo(Verdict.WARN);
        assertThat(Machine.fileSystem(folder, "xfs").verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void little_space_is_warned_of_and_almost_none_fails() {
        assertThat(Machine.space(folder, 10L << 20).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Machine.space(folder, 500L << 20).verdict()).isEqualTo(Verdict.WARN);
        assertThat(Machine.space(folder, 5L << 30).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void few_open_files_are_warned_of() {
        assertThat(Machine.openFiles(64).verdict()).isEqualTo(Verdict.WARN);
        assertThat(Machine.openFiles(1024).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void a_clock_that_cannot_be_right_fails_and_one_that_was_set_back_is_warned_of() {
        assertThat(Machine.clock(Instant.EPOCH, Instant.EPOCH).verdict()).isEqualTo(Verdict.FAIL);
        assertThat(Machine.clock(NOW, NOW.plusSeconds(3600)).verdict()).isEqualTo(Verdict.WARN);
        assertThat(Machine.clock(NOW, NOW.minusSeconds(3600)).verdict()).isEqualTo(Verdict.PASS);
    }
}
