package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChangesTest {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final Changes changes = Posix.changesOnly();

    @AfterEach
    void close() {
        changes.close();
    }

    private Path made(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "first\n");
    }

    private static void append(Path file) throws IOException {
        Files.writeString(file, "more\n", StandardOpenOption.APPEND);
    }

    private Set<Path> now() {
        return changes.await(Duration.ZERO);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void the_first_write_is_told_of_and_no_other_until_it_is_armed_again() throws Exception {
        var file = made("a\nlog");
        var idle = made("idle");
        assertThat(changes.arm(file)).isTrue();
        assertThat(changes.arm(idle)).isTrue();
        assertThat(now()).isEmpty();

        append(file);
        append(file);
        assertThat(changes.await(LONG)).containsExactly(file);
        append(file);
        assertThat(now()).isEmpty();

        changes.arm(file);
        changes.arm(file);
        append(file);
        assertThat(changes.await(LONG)).containsExactly(file);
        append(idle);
        assertThat(changes.await(LONG)).containsExactly(idle);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void what_was_armed_again_before_its_change_was_heard_is_heard_of_again() throws Exception {
        var file = made("log");
        changes.arm(file);
        append(file);
        changes.arm(file);
        assertThat(changes.await(LONG)).containsExactly(file);
        append(file);
        assertThat(changes.await(LONG)).containsExactly(file);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_truncation_a_move_and_a_deletion_are_changes_also_while_somebody_has_the_file_open() throws Exception {
        var truncated = made("truncated");
        var moved = made("moved");
        var deleted = made("deleted");
        var replaced = made("replaced");
        var successor = made("successor");
        var all = Set.of(truncated, moved, deleted, replaced);
        try (var open = Posix.filesOnly().update(deleted);
                var old = Posix.filesOnly().update(replaced)) {
            assertThat(open.facts().links() + old.facts().links()).isEqualTo(2);
            assertThat(all).allMatch(changes::arm);

            try (var file = Posix.filesOnly().update(truncated)) {
                file.truncate(0);
            }
            Files.move(moved, folder.resolve("elsewhere"));
            Files.delete(deleted);
            Files.move(successor, replaced, StandardCopyOption.ATOMIC_MOVE);

            var heard = new HashSet<Path>();
            Await.until("all four", () -> {
                heard.addAll(changes.await(Duration.ofSeconds(1)));
                return heard.equals(all);
            });
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void two_names_of_one_file_change_together_and_one_can_be_taken_back() throws Exception {
        var file = made("log");
        var other = Files.createLink(folder.resolve("other"), file);
        changes.arm(file);
        changes.arm(other);
        append(file);
        assertThat(changes.await(LONG)).containsExactlyInAnyOrder(file, other);

        changes.arm(file);
        changes.arm(other);
        changes.disarm(other);
        append(file);
        assertThat(changes.await(LONG)).containsExactly(file);

        changes.arm(file);
        changes.disarm(file);
        append(file);
        assertThat(now()).isEmpty();
    }

    @Test
    void what_is_not_there_cannot_be_armed() {
        assertThat(changes.arm(folder.resolve("nothing"))).isFalse();
        changes.disarm(folder.resolve("nothing"));
        assertThat(now()).isEmpty();
    }

    @Test
    void whoever_waits_is_woken() throws Exception {
        var waiting = new FutureTask<>(() -> changes.await(LONG));
        Thread.ofPlatform().start(waiting);
        changes.wake();
        assertThat(waiting.get()).isEmpty();
    }

    @Test
    void a_bell_that_rang_before_the_wait_ends_it_and_no_other() {
        changes.wake();
        changes.wake();
        assertThat(changes.await(LONG)).isEmpty();
        var before = System.nanoTime();
        assertThat(changes.await(Duration.ofMillis(20))).isEmpty();
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
    }

    @Test
    void where_nothing_is_heard_nothing_can_be_armed_and_the_wait_is_the_same() throws Exception {
        try (var deaf = new DeafChanges()) {
            assertThat(deaf.arm(made("log"))).isFalse();
            assertThat(deaf.await(Duration.ZERO)).isEmpty();
            deaf.wake();
            assertThat(deaf.await(LONG)).isEmpty();
        }
    }

    @Test
    void after_the_end_nothing_is_armed_and_nothing_is_left_open() throws Exception {
        var file = made("log");
        changes.close();
        var before = TestPosix.descriptors();
        for (var i = 0; i < 3; i++) {
            var more = Posix.changesOnly();
            more.arm(file);
            more.close();
            more.close();
            assertThat(more.arm(file)).isFalse();
        }
        assertThat(TestPosix.descriptors()).isEqualTo(before);
    }
}
