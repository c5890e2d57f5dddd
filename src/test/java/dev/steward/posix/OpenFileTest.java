package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.steward.posix.SystemFailure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
    private static final long BEYOND_32_BITS = 5L << 30;

    @TempDir
    Path folder;

    private final OpenFiles files = Posix.filesOnly();

    private OpenFile made(String name) throws IOException {
        return files.create(folder.resolve(name), 0644);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static void assertRefused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(SystemFailure.class))
                .extracting(SystemFailure::kind)
                .isEqualTo(kind);
    }

    @Test
    void heap_and_direct_buffers_are_written_and_read_from_their_position_to_their_limit() throws IOException {
        try (var file = made("file")) {
            for (var direct : List.of(false, true)) {
                var from = direct ? ByteBuffer.allocateDirect(10) : ByteBuffer.allocate(10);
                from.put(bytes("0123456789")).position(2).limit(7);
                file.write(from, 100);
                assertThat(from.hasRemaining()).isFalse();

                var into = direct ? ByteBuffer.allocateDirect(10) : ByteBuffer.allocate(10);
                into.put(bytes("abcdefghij")).position(1).limit(9);
                assertThat(file.read(into, 101)).isEqualTo(4);
                assertThat(into.position()).isEqualTo(5);
                assertThat(StandardCharsets.UTF_8.decode(into.clear()).toString())
                        .isEqualTo("a3456fghij");
            }
            assertThat(file.facts().size()).isEqualTo(105);
        }
    }

    @Test
    void at_the_end_there_is_nothing_to_read_and_into_no_room_nothing_is_read() throws IOException {
        try (var file = made("file")) {
            file.write(bytes("abc"), 0);
            assertThat(file.read(ByteBuffer.allocate(9), 3)).isZero();
            assertThat(file.read(ByteBuffer.allocate(9), 1000)).isZero();
            assertThat(file.read(ByteBuffer.allocate(0), 0)).isZero();
            file.write(ByteBuffer.allocate(0), 0);
            var readOnly = ByteBuffer.allocateDirect(3).asReadOnlyBuffer();
            assertThatThrownBy(() -> file.read(readOnly, 0)).isInstanceOf(ReadOnlyBufferException.class);
        }
    }

    @Test
    void a_folder_is_opened_for_reading_and_not_for_writing_and_tells_what_it_is() throws IOException {
        try (var open = files.read(folder)) {
            assertThat(open.facts().directory()).isTrue();
            assertThat(open.facts().regular()).isFalse();
            assertRefused(Kind.NOT_A_FILE, () -> open.read(ByteBuffer.allocate(1), 0));
        }
        assertRefused(Kind.NOT_A_FILE, () -> files.update(folder));
    }

    @Test
    void nobodys_link_is_followed() throws IOException {
        var link = Files.createSymbolicLink(folder.resolve("link"), Files.createFile(folder.resolve("there")));
        var dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nowhere"));
        assertRefused(Kind.SYMLINK, () -> files.update(link));
        assertRefused(Kind.SYMLINK, () -> files.read(link));
        assertRefused(Kind.EXISTS, () -> files.create(dangling, 0600));
        assertThat(folder.resolve("nowhere")).doesNotExist();
        assertThat(files.facts(link).regular()).isFalse();
        assertThat(files.facts(link).directory()).isFalse();
    }

    @Test
    void a_fifo_keeps_nobody_waiting_and_is_no_regular_file() throws IOException {
        var fifo = folder.resolve("fifo");
        Posix.fifosOnly().make(fifo);
        try (var open = files.read(fifo)) {
            assertThat(open.facts().regular()).isFalse();
        }
    }

    @Test
    void what_is_missing_or_there_already_is_said_with_its_name() throws IOException {
        var file = folder.resolve("a file");
        assertRefused(Kind.MISSING, () -> files.facts(file));
        assertThatThrownBy(() -> files.update(file)).hasMessage(file + " cannot be opened: No such file or directory");
        Files.writeString(file, "mine");
        assertThatThrownBy(() -> files.create(file, 0600)).hasMessage(file + " cannot be made: File exists");
        assertRefused(Kind.MISSING, () -> files.update(file.resolve("below")));
        assertThat(file).hasContent("mine");
    }

    @Test
    void the_facts_are_those_that_the_jdk_tells_too() throws IOException {
        var path = folder.resolve("file");
        Files.createLink(folder.resolve("other"), Files.writeString(path, "x".repeat(10_000)));
        Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2026-03-15T03:15:00.123456789Z")));
        try (var file = files.read(path)) {
            var facts = file.facts();
            assertThat(facts).isEqualTo(files.facts(path));
            assertThat(facts.key()).isEqualTo(new FileKey((long) Files.getAttribute(path, "unix:dev"), (long)
                    Files.getAttribute(path, "unix:ino")));
            assertThat(facts.modifiedNanos()).isEqualTo(1_773_544_500_123_456_789L);
            assertThat(facts.mode()).isEqualTo((int) Files.getAttribute(path, "unix:mode") & 07777);
            assertThat(facts.owner()).isEqualTo(Files.getAttribute(path, "unix:uid"));
            assertThat(facts.group()).isEqualTo(Files.getAttribute(path, "unix:gid"));
            assertThat(facts.links()).isEqualTo(2);
            assertThat(facts.size()).isEqualTo(10_000);
            assertThat(facts.blockSize()).isPositive();
            assertThat(facts.regular()).isTrue();
            assertThat(facts.directory()).isFalse();
        }
    }

    @Test
    void each_file_has_a_birth_of_its_own_that_no_writing_changes() throws IOException {
        try (var file = made("file")) {
            var birth = file.facts().birthNanos();
            file.write(bytes("more"), 0);
            file.modified(Instant.ofEpochSecond(0, 17));
            assertThat(file.facts().birthNanos()).isEqualTo(birth);
            assertThat(file.facts().modifiedNanos()).isEqualTo(17);
        }
    }

    @Test
    void a_lock_keeps_others_out_until_it_is_closed() throws IOException {
        var path = folder.resolve("file");
        var file = files.create(path, 0600);
        try (var other = files.read(path)) {
            assertThat(file.tryLock()).isTrue();
            assertThat(file.tryLock()).as("again by the same").isTrue();
            assertThat(other.tryLock()).isFalse();
            file.close();
            assertThat(other.tryLock()).isTrue();
        }
    }

    @Test
    void what_was_copied_is_the_same_and_ends_where_the_source_does() throws IOException {
        var content = new byte[1_500_001];
        new Random(7).nextBytes(content);
        Files.write(folder.resolve("source"), content);
        try (var source = files.read(folder.resolve("source"));
                var target = made("target")) {
            assertThat(source.copyTo(target, 1, 3, 700_000)).isEqualTo(700_000);
            assertThat(source.copyTo(target, 700_001, 700_003, Long.MAX_VALUE)).isEqualTo(800_000);
            assertThat(source.copyTo(target, 2_000_000, 0, 5)).isZero();
            assertThat(source.copyTo(target, 0, 0, 0)).isZero();
            target.startWriteback(0, 1_500_003);
            target.syncData();
            target.sync();
        }
        files.syncFolder(folder);
        var copied = Files.readAllBytes(folder.resolve("target"));
        assertThat(copied).startsWith(new byte[3]).hasSize(1_500_003);
        assertThat(copied).endsWith(Arrays.copyOfRange(content, 1, content.length));
    }

    @Test
    void places_beyond_four_gigabytes_are_places_like_others() throws IOException {
        try (var file = made("sparse");
                var copy = made("copy")) {
            file.write(bytes("far away"), BEYOND_32_BITS);
            assertThat(file.facts().size()).isEqualTo(BEYOND_32_BITS + 8);
            assertThat(file.facts().blocks512()).isLessThan(1000);
            assertThat(file.nextData(0)).isEqualTo(BEYOND_32_BITS);
            assertThat(file.nextHole(BEYOND_32_BITS)).isEqualTo(BEYOND_32_BITS + 8);
            assertThat(file.copyTo(copy, BEYOND_32_BITS + 4, BEYOND_32_BITS, 99))
                    .isEqualTo(4);

            var into = ByteBuffer.allocate(10);
            assertThat(copy.read(into, BEYOND_32_BITS)).isEqualTo(4);
            assertThat(into.flip()).isEqualTo(bytes("away"));

            file.punch(BEYOND_32_BITS, 4096);
            assertThat(file.nextData(0)).as("no data: the size").isEqualTo(BEYOND_32_BITS + 8);
            file.truncate(BEYOND_32_BITS + 1);
            assertThat(file.facts().size()).isEqualTo(BEYOND_32_BITS + 1);
        }
    }

    @Test
    void a_punched_range_reads_as_nuls_and_the_size_stays() throws IOException {
        try (var file = made("file")) {
            file.write(bytes("a".repeat(8192)), 0);
            file.punch(0, 5000);
            file.punch(0, 5000);
            assertThat(file.facts().size()).isEqualTo(8192);
        }
        assertThat(folder.resolve("file")).hasContent("\0".repeat(5000) + "a".repeat(3192));
    }

    @Test
    void a_file_takes_rights_and_times_and_one_that_nobody_may_open_says_so() throws IOException {
        try (var file = made("file")) {
            file.mode(0604);
            assertThat(file.facts().mode()).isEqualTo(0604);
            file.modified(Instant.ofEpochSecond(0, -1_876_543_211L));
            assertThat(file.facts().modifiedNanos()).isEqualTo(-1_876_543_211L);
            file.own(file.facts().owner(), file.facts().group());
        }
    }

    @Test
    void an_attribute_is_kept_overwritten_and_removed() throws IOException {
        try (var file = made("file")) {
            assertThat(file.attribute("user.steward.test")).isEmpty();
            file.removeAttribute("user.steward.test");
            for (var value : List.of("4095", "", "jürgen", "x".repeat(2000))) {
                file.attribute("user.steward.test", value);
                assertThat(file.attribute("user.steward.test")).hasValue(value);
            }
            file.removeAttribute("user.steward.test");
            assertThat(file.attribute("user.steward.test")).isEmpty();
        }
    }

    @Test
    void one_that_is_closed_touches_no_other_file_and_no_child_inherits_one() throws Exception {
        var closed = made("file");
        closed.close();
        closed.close();
        try (var node = new TestPosix(folder);
                var next = made("next")) {
            next.write(bytes("mine"), 0);
            assertThatThrownBy(() -> closed.truncate(0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("file is closed");
            assertThat(next.facts().size()).isEqualTo(4);
            var child = node.spawn(Map.of(), "/bin/sleep", "1000");
            var real = folder.resolve("next").toRealPath().toString();
            assertThat(node.posix.processes().openFiles(child.pid())).doesNotContain(real);
        }
    }
}
