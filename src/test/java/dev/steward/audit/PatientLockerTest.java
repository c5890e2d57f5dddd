package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.posix.Posix;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientLockerTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    @TempDir
    Path folder;

    @Test
    void a_trail_that_somebody_else_keeps_locked_is_told_and_nothing_of_it_recorded() throws Exception {
        var file = folder.resolve("audit.jsonl");
        var lock = folder.resolve("lock");
        var locks = Posix.locksOnly();
        var locker = new PatientLocker(lock, path -> locks.tryLock(path).map(held -> held::close), SHORT);
        var trail = AuditTrail.open(file, () -> Trails.NOW, Trails.ZONE, locker);

        try (var held = locks.tryLock(lock).orElseThrow()) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> trail.append(List.of(Trails.event(1))))
                    .isInstanceOf(AuditException.class)
                    .hasMessageContaining("another process has had " + lock + " locked");
            assertThat(file).doesNotExist();
        }

        assertThat(trail.append(List.of(Trails.event(1))).seq()).isEqualTo(1);
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void an_interruption_neither_shortens_the_waiting_nor_is_forgotten() throws Exception {
        var asked = new AtomicInteger();
        var locker = new PatientLocker(folder, _ -> free(asked.incrementAndGet() > 5), Duration.ofSeconds(30));
        Thread.currentThread().interrupt();

        try (var held = locker.lock()) {
            assertThat(held).isNotNull();
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(asked).hasValue(6);
    }

    @Test
    void trouble_with_the_file_is_told_at_once() {
        var locker = new PatientLocker(
                folder,
                _ -> {
                    throw new IOException("no right");
                },
                Duration.ofDays(1));

        assertThatThrownBy(locker::lock).hasMessage("no right");
    }

    private static Optional<Closeable> free(boolean isFree) {
        return isFree ? Optional.of(() -> {}) : Optional.empty();
    }
}
