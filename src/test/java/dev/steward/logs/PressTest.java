package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PressTest {
    @TempDir
    Path folder;

    private Workshop shop;
    private Rotations rotations;
    private final AtomicInteger shelved = new AtomicInteger();

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
        rotations =
                new Rotations(shop.files, shop.around(), _ -> {}, InstantSource.fixed(shop.now), shelved::longValue);
    }

    private Press press() {
        return new Press(rotations, task -> {
            shelved.incrementAndGet();
            task.run();
        });
    }

    /** A log with one archive. */
    private Log log(String name) throws IOException {
        Files.writeString(folder.resolve(name), "live\n");
        Files.writeString(folder.resolve(name + ".1"), "one\n");
        var rules = new LogRules(shop.rules.due(), shop.rules.keep(), true, shop.rules.strategy(), Optional.empty());
        return new Log(folder.resolve(name), rules);
    }

    private void awaitCompressed(Log log) throws Exception {
        Await.until(
                log.path() + ".1 is compressed",
                () -> Files.exists(Path.of(log.path() + ".1.gz")) && Files.notExists(Path.of(log.path() + ".1")));
    }

    @Test
    void an_archive_that_finds_no_place_is_not_compressed_again_and_again() throws Exception {
        var held = log("held.log");
        var other = log("other.log");
        try (var press = press();
                var live = shop.files.update(held.path())) {
            assertThat(live.tryLock()).isTrue();

            press.offer(held);
            press.offer(other);

            awaitCompressed(other);
            assertThat(shelved).hasValue(2);
            assertThat(folder.resolve("held.log.1")).exists();
            assertThat(folder.resolve("held.log.1.gz")).doesNotExist();
        }
    }

    @Test
    void one_that_found_no_place_is_compressed_when_it_is_offered_anew() throws Exception {
        var held = log("held.log");
        try (var press = press()) {
            try (var live = shop.files.update(held.path())) {
                assertThat(live.tryLock()).isTrue();
                press.offer(held);
                Await.until("it was tried", () -> shelved.get() == 1);
            }

            press.offer(held);

            awaitCompressed(held);
        }
    }

    @Test
    void what_cannot_be_compressed_is_told_until_it_can() throws Exception {
        var log = log("app.log");
        var inode = (Long) Files.getAttribute(folder.resolve("app.log.1"), "unix:ino");
        var inTheWay = Files.createDirectories(folder.resolve(".app.log.gz-" + Long.toString(inode, 36)));
        var something = Files.createFile(inTheWay.resolve("something"));
        try (var press = press()) {
            press.offer(log);
            Await.until("it is told", () -> press.problem().isPresent());
            assertThat(press.problem().orElseThrow())
                    .startsWith("archives of " + log.path() + " are not compressed: " + inTheWay)
                    .contains("cannot be deleted");
            Files.delete(something);

            press.offer(log);

            awaitCompressed(log);
            Await.until("nothing is told", () -> press.problem().isEmpty());
        }
    }

    @Test
    void a_fault_with_one_log_is_told_and_others_go_on() throws Exception {
        var broken = log("broken.log");
        var other = log("other.log");
        var times = new AtomicInteger();
        try (var press = new Press(rotations, task -> {
            if (times.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault");
            }
            task.run();
        })) {
            press.offer(broken);
            Await.until("it is told", () -> press.problem().isPresent());
            assertThat(press.problem().orElseThrow()).contains("broken.log", "a fault");

            press.offer(other);

            awaitCompressed(other);
        }
    }

    @Test
    void where_nothing_is_rotated_any_more_nothing_is_told() throws Exception {
        var log = log("app.log");
        var asked = new AtomicInteger();
        try (var press = new Press(rotations, _ -> {
            asked.incrementAndGet();
            throw new RejectedExecutionException();
        })) {
            press.offer(log);

            Await.until("it was tried", () -> asked.get() == 1);

            assertThat(press.problem()).isEmpty();
            assertThat(folder.resolve("app.log.1")).exists();
        }
    }
}
