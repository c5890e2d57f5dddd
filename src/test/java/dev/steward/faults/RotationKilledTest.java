package dev.steward.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who rotates a log is killed at random moments while a writer goes on: each line is there once and in order. {@code -Dsteward.seed}
 * repeats the moments, as far as the machine's timing lets it; {@code -Dsteward.rounds} says how many kills.
 */
@EnabledOnOs(OS.LINUX)
class RotationKilledTest {
    private static final int ROUNDS = Integer.getInteger("steward.rounds", 20);
    private static final int MANY = 200;
    private static final long LATEST_KILL_NANOS = 100_000_000;

    @TempDir
    Path folder;

    @Test
    void lines_are_there_once_whenever_who_cuts_the_log_is_killed() throws Exception {
        kill(folder, "cut", ROUNDS, true);
    }

    @Test
    void so_they_are_where_holes_are_punched() throws Exception {
        onSharedMemory("cut", Math.ceilDiv(ROUNDS, 5), true);
    }

    @Test
    void so_they_are_when_the_log_is_copied_and_truncated_and_nobody_writes() throws Exception {
        kill(folder, "copy-truncate", Math.ceilDiv(ROUNDS, 5), false);
    }

    @Test
    @Tag("long")
    void so_they_are_after_two_hundred_kills() throws Exception {
        kill(folder, "cut", MANY, true);
    }

    @Test
    @Tag("long")
    void so_they_are_after_two_hundred_kills_where_holes_are_punched() throws Exception {
        onSharedMemory("cut", MANY, true);
    }

    @Test
    @Tag("long")
    void so_they_are_after_two_hundred_kills_when_the_log_is_copied_and_truncated() throws Exception {
        kill(folder, "copy-truncate", MANY, false);
    }

    private static void onSharedMemory(String strategy, int rounds, boolean underLoad) throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/dev/shm")), "there is a tmpfs");
        var shared = Files.createTempDirectory(Path.of("/dev/shm"), "rotation-");
        try {
            kill(shared, strategy, rounds, underLoad);
        } finally {
            for (var file : files(shared)) {
                Files.delete(file);
            }
            Files.delete(shared);
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void kill(Path folder, String strategy, int rounds, boolean underLoad) throws Exception {
        var seed = Long.getLong("steward.seed", RandomGenerator.getDefault().nextLong());
        try {
            kill(folder, strategy, rounds, underLoad, new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with -Dsteward.seed=" + seed + ", files " + files(folder), e);
        }
    }

    private static void kill(Path folder, String strategy, int rounds, boolean underLoad, Random random)
            throws Exception {
        var log = folder.resolve("app.log");
        var stream = new RotationStream(log);
        try (var writer = new RotationWriter(log, random.nextLong())) {
            Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-rw-r--"));
            for (var round = 0; round < rounds; round++) {
                var compress = round % 2 == 1;
                if (underLoad) {
                    writer.during(() -> rotateUntilKilled(log, strategy, compress, random));
                } else {
                    writer.write(1 + random.nextInt(20_000));
                    rotateUntilKilled(log, strategy, compress, random);
                }
                stream.drain();
            }
            var last = RotationChild.log(log, strategy, true);
            var rotations = RotationChild.rotations();
            assertThat(RotationChild.rotate(rotations, last)).isEmpty();
            // On a busy machine each child may have been killed before its first cut.
            writer.write(20_000);
            assertThat(RotationChild.rotate(rotations, last)).isEmpty();
            for (var left = rounds; RotationChild.compress(rotations, last); left--) {
                assertThat(left).isPositive();
            }
            stream.finish();
            assertThat(stream.lines()).isEqualTo(writer.written());
            assertThat(stream.archives()).isGreaterThan(1);
            assertThat(stream.hidden()).isEmpty();
        }
    }

    private static void rotateUntilKilled(Path log, String strategy, boolean compress, Random random) throws Exception {
        try (var child = Child.start(
                RotationChild.class, List.of("-Xshare:auto"), log.toString(), strategy, Boolean.toString(compress))) {
            assertThat(child.line()).isEqualTo("ready");
            // Early moments are the more likely ones: the first rotation is that which goes on with the one before.
            LockSupport.parkNanos((long) (LATEST_KILL_NANOS * Math.pow(random.nextDouble(), 2)));
            child.kill();
            assertThat(child.rest()).isEmpty();
        }
    }
}
