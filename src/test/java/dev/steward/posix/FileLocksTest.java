package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.testing.Await;
import dev.steward.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest {
    @TempDir
    Path folder;

    private final FileLocks locks = Posix.locksOnly();
    private Path file = Path.of("lock");

    @BeforeEach
    void name() {
        file = folder.resolve("lock");
    }

    private Child child(String what) throws IOException {
        return Child.start(LockChild.class, List.of(), what, file.toString());
    }

    @Test
    void another_process_cannot_have_it_too() throws Exception {
        var lock = locks.tryLock(file).orElseThrow();
        try (var other = child("try")) {
            assertThat(other.line()).isEqualTo("refused");
        }
        lock.close();
        try (var other = child("try")) {
            assertThat(other.line()).isEqualTo("locked");
            assertThat(locks.tryLock(file)).isEmpty();
        }
    }

    @Test
    void another_opening_of_the_file_in_this_process_cannot_have_it_too() throws Exception {
        try (var lock = locks.tryLock(file).orElseThrow()) {
            assertThat(locks.tryLock(file)).isEmpty();
            assertThat(lock.descriptor()).isPositive();
        }
        assertThat(locks.tryLock(file)).hasValueSatisfying(FileLock::close);
    }

    @Test
    void it_survives_that_this_jvm_reads_and_closes_the_same_file() throws Exception {
        try (var lock = locks.tryLock(file).orElseThrow()) {
            assertThat(Files.readString(file)).isEmpty();
            Files.writeString(file, "pid 7");
            assertThat(Files.readString(file)).isEqualTo("pid 7");

            try (var other = child("try")) {
                assertThat(other.line()).isEqualTo("refused");
            }
            assertThat(lock.descriptor()).isPositive();
        }
    }

    @Test
    void the_death_of_its_holder_frees_it() throws Exception {
        try (var holder = child("try")) {
            assertThat(holder.line()).isEqualTo("locked");
            assertThat(locks.tryLock(file)).isEmpty();
            holder.kill();
        }
        assertThat(locks.tryLock(file)).hasValueSatisfying(FileLock::close);
    }

    @Test
    void one_that_waits_gets_it_when_it_is_free() throws Exception {
        try (var other = child("wait")) {
            var lock = locks.lock(file);
            assertThat(other.line()).isEqualTo("waits");
            lock.close();
            assertThat(other.line()).isEqualTo("locked");
        }
    }

    @Test
    void the_last_process_that_holds_it_frees_it() throws Exception {
        try (var node = new TestPosix(folder)) {
            var life = locks.tryLock(file).orElseThrow();
            var child = node.spawn(
                    life, Map.of("PATH", "/usr/bin:/bin"), "/bin/sh", "-c", "sleep 1000 & echo $!; exec sleep 1000");
            life.close();
            Await.until("a pid", () -> node.written().endsWith("\n"));
            var grandchild = Long.parseLong(node.written().strip());
            assertThat(locks.tryLock(file)).isEmpty();

            child.signal(Signal.KILL);
            node.end(child);
            assertThat(locks.tryLock(file)).as("the grandchild lives").isEmpty();

            var last = node.posix.poller().child(grandchild);
            last.signal(Signal.KILL);
            node.end(last);
            assertThat(locks.tryLock(file)).hasValueSatisfying(FileLock::close);
        }
    }

    @Test
    void to_close_it_twice_closes_nobody_elses_file() throws Exception {
        var lock = locks.tryLock(file).orElseThrow();
        lock.close();
        try (var next = locks.tryLock(file).orElseThrow()) {
            assertThat(next.descriptor()).isEqualTo(lock.descriptor());
            lock.close();
            assertThat(locks.tryLock(file)).isEmpty();
        }
    }

    @Test
    void the_file_is_made_for_its_owner_alone() throws Exception {
        locks.tryLock(file).orElseThrow().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void what_cannot_be_opened_is_named() throws Exception {
        assertThatThrownBy(() -> locks.tryLock(folder.resolve("missing/lock")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing/lock")
                .hasMessageContaining("No such file or directory");
        assertThatThrownBy(() -> locks.lock(folder)).isInstanceOf(IOException.class);
    }

    @Test
    void a_link_that_somebody_laid_is_not_followed() throws Exception {
        Files.createSymbolicLink(file, folder.resolve("elsewhere"));
        assertThatThrownBy(() -> locks.tryLock(file)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }
}
