package dev.steward.posix;

import static dev.steward.posix.OpenFileTest.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.posix.SystemFailure.Kind;
import dev.steward.testing.SmallDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What file systems do and refuse to do with space. */
@EnabledOnOs(OS.LINUX)
class OpenFileSpaceTest {
    private static final int BLOCK = 1 << 20;

    @TempDir
    Path folder;

    private final OpenFiles files = Posix.filesOnly();

    private static ByteBuffer of(char letter, int count) {
        return ByteBuffer.wrap(String.valueOf(letter).repeat(count).getBytes(StandardCharsets.US_ASCII));
    }

    /** A file that begins with so many letters a; skips where the file system has no collapse. */
    private OpenFile collapsible(String name) throws IOException {
        var store = Files.getFileStore(folder).type();
        assumeTrue(store.equals("ext4") || store.equals("xfs"), "a file system that can take out the head: " + store);
        var file = files.create(folder.resolve(name), 0600);
        file.write(of('a', BLOCK), 0);
        return file;
    }

    @Test
    void what_was_at_the_head_is_gone_and_what_others_append_meanwhile_stays() throws IOException {
        try (var file = collapsible("log");
                var appending = Files.newOutputStream(folder.resolve("log"), StandardOpenOption.APPEND)) {
            appending.write("bc".getBytes(StandardCharsets.US_ASCII));
            file.punch(0, BLOCK);
            assertThat(file.nextData(0)).isEqualTo(BLOCK);
            file.collapse(0, BLOCK);
            assertThat(file.nextData(0)).isZero();
            appending.write("d".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(folder.resolve("log")).hasContent("bcd");
    }

    @Test
    void beyond_four_gigabytes_the_same() throws IOException {
        try (var file = collapsible("log")) {
            file.write(of('z', 1), 5L << 30);
            file.collapse(0, (5L << 30) - BLOCK);
            assertThat(file.facts().size()).isEqualTo(BLOCK + 1);
            assertThat(file.nextHole(0)).isZero();
        }
    }

    @Test
    void within_a_block_or_up_to_the_end_nothing_can_be_taken_out() throws IOException {
        try (var file = collapsible("log")) {
            assertRefused(Kind.INVALID, () -> file.collapse(0, 1000));
            assertRefused(Kind.INVALID, () -> file.collapse(0, BLOCK));
            assertThat(file.facts().size()).isEqualTo(BLOCK);
        }
    }

    @Test
    void a_file_that_may_only_grow_keeps_its_head() throws Exception {
        try (var file = collapsible("log")) {
            var path = folder.resolve("log").toString();
            assumeTrue(run("chattr", "+a", path), "this user can make a file that may only grow");
            try {
                assertRefused(Kind.NOT_PERMITTED, () -> file.collapse(0, BLOCK / 2));
                assertRefused(Kind.NOT_PERMITTED, () -> files.update(folder.resolve("log")));
            } finally {
                assertThat(run("chattr", "-a", path)).isTrue();
            }
        }
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }

    @Test
    void a_tmpfs_cannot_take_out_a_head_and_can_free_its_space() throws IOException {
        try (var disk = SmallDisk.mount(folder, 64);
                var file = files.create(disk.folder().resolve("log"), 0600)) {
            file.write(of('a', 16_384), 0);
            assertRefused(Kind.NOT_SUPPORTED, () -> file.collapse(0, 4096));
            var taken = file.facts().blocks512();
            file.punch(0, 8192);
            assertThat(file.facts().blocks512()).isEqualTo(taken - 16);
            assertThat(file.facts().size()).isEqualTo(16_384);
        }
    }

    @Test
    void on_a_full_disk_the_buffer_tells_how_much_was_written_and_a_copy_is_refused() throws IOException {
        try (var disk = SmallDisk.mount(folder, 64);
                var source = files.create(folder.resolve("source"), 0600);
                var file = files.create(disk.folder().resolve("file"), 0600)) {
            source.write(of('a', 100_000), 0);
            assertRefused(Kind.NO_SPACE, () -> source.copyTo(file, 0, 0, 100_000));
            file.truncate(0);
            var from = of('b', 100_000);
            assertRefused(Kind.NO_SPACE, () -> file.write(from, 0));
            assertThat(from.position()).isPositive().isEqualTo((int)
                    file.facts().size());
        }
    }
}
