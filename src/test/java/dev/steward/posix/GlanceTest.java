package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class GlanceTest {
    @TempDir
    Path folder;

    private final Glance glance = Posix.glance();

    @Test
    void it_reads_no_more_than_it_is_to() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "a line\n".repeat(100_000));
        assertThat(glance.read(file, 10)).isEqualTo("a line\na l".getBytes(StandardCharsets.UTF_8));
        assertThat(glance.read(file, 1_000_000)).hasSize(700_000);
    }

    @Test
    void a_fifo_without_a_writer_and_one_whose_writer_is_silent_have_nothing_to_say() throws Exception {
        var fifo = folder.resolve("fifo");
        var fifos = Posix.fifosOnly();
        fifos.make(fifo);
        assertThat(glance.read(fifo, 10)).isEmpty();
        try (var _ = fifos.hold(fifo)) {
            assertThat(glance.read(fifo, 10)).isEmpty();
        }
    }

    @Test
    void what_is_missing_and_what_is_a_link_cannot_be_read() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), Files.createFile(folder.resolve("file")));
        assertThatThrownBy(() -> glance.read(folder.resolve("nothing"), 1)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> glance.read(link, 1)).isInstanceOf(IOException.class);
    }
}
