package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FifosTest {
    @TempDir
    Path folder;

    private final Fifos fifos = Posix.fifosOnly();

    @Test
    void a_fifo_is_for_its_owner_and_may_be_there_already() throws Exception {
        var fifo = folder.resolve("fifo");
        fifos.make(fifo);
        var before = Files.getAttribute(fifo, "unix:ino");
        fifos.make(fifo);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo)))
                .isEqualTo("rw-------");
        assertThat(Files.readAttributes(fifo, "unix:mode").get("mode")).isEqualTo(0010600);
        assertThat(Files.getAttribute(fifo, "unix:ino")).isEqualTo(before);
    }

    @Test
    void anything_else_there_is_an_error_and_is_left_alone() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "mine");
        var fifo = folder.resolve("fifo");
        fifos.make(fifo);
        var link = Files.createSymbolicLink(folder.resolve("link"), fifo);

        for (var other : new Path[] {file, folder, link}) {
            assertThatThrownBy(() -> fifos.make(other))
                    .isInstanceOf(IOException.class)
                    .hasMessage(other + " is not a FIFO: move it away");
            assertThatThrownBy(() -> fifos.hold(other)).hasMessage(other + " is not a FIFO: move it away");
        }
        assertThat(file).hasContent("mine");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void it_says_why_none_can_be_made_or_held() {
        var nowhere = folder.resolve("no/fifo");
        assertThatThrownBy(() -> fifos.make(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessage("The FIFO " + nowhere + " cannot be made: No such file or directory");
        assertThatThrownBy(() -> fifos.hold(nowhere))
                .isInstanceOf(IOException.class)
                .hasMessage("The FIFO " + nowhere + " is not there");
    }

    @Test
    void a_reader_sees_no_end_as_long_as_it_is_held_and_then_does() throws Exception {
        var fifo = folder.resolve("fifo");
        fifos.make(fifo);
        var held = fifos.hold(fifo);
        var reader = new ProcessBuilder("/bin/cat", fifo.toString()).start();
        try (var lines = reader.inputReader()) {
            Files.writeString(fifo, "one\n");
            assertThat(lines.readLine()).isEqualTo("one");
            Files.writeString(fifo, "two\n");
            assertThat(lines.readLine()).isEqualTo("two");
            assertThat(reader.isAlive()).isTrue();

            held.close();
            held.close();
            assertThat(reader.waitFor(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void a_child_does_not_inherit_it() throws Exception {
        var fifo = folder.resolve("fifo");
        fifos.make(fifo);
        try (var node = new TestPosix(folder);
                var held = fifos.hold(fifo)) {
            var real = fifo.toRealPath(LinkOption.NOFOLLOW_LINKS).toString();
            assertThat(held).isNotNull();
            assertThat(node.posix.processes().openFiles(ProcessHandle.current().pid()))
                    .contains(real);
            var child = node.spawn(Map.of(), "/bin/sleep", "1000");
            assertThat(node.posix.processes().openFiles(child.pid())).doesNotContain(real);
        }
    }
}
