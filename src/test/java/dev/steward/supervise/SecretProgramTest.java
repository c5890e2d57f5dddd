package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why an agent could not start is shown and kept, so it holds nothing that a reference stands for. */
class SecretProgramTest {
    private static final String SECRET = "hunter2";

    @TempDir
    Path home;

    @BeforeEach
    void setUp() throws Exception {
        Files.writeString(home.resolve("token"), SECRET);
    }

    private String template() {
        return home + "/bin/${file:" + home.resolve("token") + "}";
    }

    private String reasonOfFailure() throws Exception {
        try (var node = TestNode.begin(home, Examples.agent("cls", home).exec(template()))) {
            return node.await("cls", "failed").reason();
        }
    }

    @Test
    void a_program_that_is_not_there_is_named_by_its_template() throws Exception {
        assertThat(reasonOfFailure()).contains("there is no file " + template()).doesNotContain(SECRET);
    }

    @Test
    void a_program_that_the_system_cannot_run_is_named_by_its_template() throws Exception {
        var file = Files.createDirectories(home.resolve("bin")).resolve(SECRET);
        Files.writeString(file, "no first line that names an interpreter");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(reasonOfFailure()).contains(template() + ": ", "#!/bin/sh").doesNotContain(SECRET);
    }
}
