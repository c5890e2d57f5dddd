package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.posix.FileFacts;
import dev.steward.posix.Posix;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class NeighboursTest {
    @TempDir
    Path folder;

    private final Around around = new Neighbours(Posix.users(), Posix.writersOnly());
    private Path log = Path.of("app.log");

    @BeforeEach
    void log() throws IOException {
        log = Files.writeString(folder.resolve("app.log"), "a line\n");
    }

    private FileFacts facts() throws IOException {
        return Posix.filesOnly().facts(log);
    }

    /** Something that holds the log open until its input ends. */
    private Process writer(String redirection) throws Exception {
        var process =
                new ProcessBuilder("/bin/sh", "-c", "exec cat " + redirection + " \"$0\"", log.toString()).start();
        Await.until("the writer has the log open", () -> around.isWritten(facts()));
        return process;
    }

    private static void end(Process process) throws Exception {
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private void requireRoot() throws IOException {
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "only root sees everybody");
    }

    @Test
    void a_user_is_told_of_roots_writer_that_does_not_append() throws Exception {
        requireRoot();
        var writer = writer(">");
        try {
            var file = facts();
            assertThat(around.as("nobody", () -> around.whoWritesAnywhere(file)))
                    .hasValue("cat (pid " + writer.pid() + ")");
        } finally {
            end(writer);
        }
    }

    @Test
    void a_writer_that_appends_writes_and_not_anywhere() throws Exception {
        var writer = writer(">>");
        try {
            assertThat(around.whoWritesAnywhere(facts())).isEmpty();
            assertThat(around.isSurelyUnwritten(facts())).isFalse();
        } finally {
            end(writer);
        }
        assertThat(around.isWritten(facts())).isFalse();
    }

    @Test
    void root_is_certain_that_nobody_writes_also_while_it_acts_as_a_user() throws Exception {
        requireRoot();
        var file = facts();
        assertThat(around.as("nobody", () -> around.isSurelyUnwritten(file))).isTrue();
    }
}
