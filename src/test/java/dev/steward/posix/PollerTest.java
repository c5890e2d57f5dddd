package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PollerTest {
    private static final int LONG = (int) Duration.ofSeconds(30).toMillis();

    @TempDir
    Path folder;

    @Test
    void it_hears_of_the_end_of_a_child() throws Exception {
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/sh", "-c", "exit 3");

            assertThat(node.posix.poller().await(LONG)).containsExactly(child);

            assertThat(child.ended()).contains(new ExitStatus.Exited(3));
            assertThat(child.signal(Signal.TERM)).isFalse();
            assertThat(child.alive()).isFalse();
        }
    }

    @Test
    void another_poller_hears_of_its_own_children_alone() throws Exception {
        try (var node = new TestPosix(folder);
                var another = node.posix.anotherPoller()) {
            var pid = node.spawn("/bin/sleep", "1000").pid();
            var own = another.adopt(node.posix.processes().identify(pid).orElseThrow());
            own.orElseThrow().signal(Signal.KILL);

            assertThat(another.await(LONG)).containsExactly(own.get());
            assertThat(own.get().ended()).contains(new ExitStatus.Signalled(9, false));
        }
    }

    @Test
    void a_child_that_lives_has_not_ended() throws Exception {
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/sleep", "1000");

            assertThat(node.posix.poller().await(0)).isEmpty();
            assertThat(child.ended()).isEmpty();
            assertThat(child.alive()).isTrue();
            assertThat(child.signal(Signal.CONT)).isTrue();
        }
    }

    @Test
    void an_end_is_told_until_it_is_taken() throws Exception {
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/true");

            assertThat(node.posix.poller().await(LONG)).containsExactly(child);
            assertThat(node.posix.poller().await(LONG)).containsExactly(child);
            child.close();
            assertThat(node.posix.poller().await(0)).isEmpty();
        }
    }

    /** Starts somebody else's child: its parent never waits for it. */
    private static Identity stranger(TestPosix node) throws Exception {
        node.spawn("/bin/sh", "-c", "sleep 60 & echo $!; exec sleep 1000");
        Await.until("a pid", () -> node.written().endsWith("\n"));
        return node.posix
                .processes()
                .identify(Long.parseLong(node.written().strip()))
                .orElseThrow();
    }

    @Test
    void somebody_else_with_the_same_pid_is_not_adopted() throws Exception {
        try (var node = new TestPosix(folder)) {
            var stranger = stranger(node);
            var before = TestPosix.descriptors();

            var earlier = new Identity(stranger.pid(), stranger.start() - 1, stranger.boot());
            var otherBoot = new Identity(stranger.pid(), stranger.start(), "another boot");

            assertThat(node.posix.poller().adopt(earlier)).isEmpty();
            assertThat(node.posix.poller().adopt(otherBoot)).isEmpty();
            assertThat(TestPosix.descriptors()).isEqualTo(before);
        }
    }

    @Test
    void one_that_is_gone_is_not_adopted() throws Exception {
        try (var node = new TestPosix(folder)) {
            var child = node.spawn("/bin/sleep", "1000");
            var identity = node.posix.processes().identify(child.pid()).orElseThrow();
            child.signal(Signal.KILL);
            node.end(child);

            assertThat(node.posix.poller().adopt(identity)).isEmpty();
        }
    }

    @Test
    void another_thread_can_wake_it() throws Exception {
        try (var node = new TestPosix(folder)) {
            var waker = new Thread(node.posix.poller()::wake);
            var before = System.nanoTime();
            waker.start();
            assertThat(node.posix.poller().await(LONG)).isEmpty();
            waker.join();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(LONG / 2));
        }
    }

    @Test
    void many_calls_before_it_waits_wake_it_once() throws Exception {
        try (var node = new TestPosix(folder)) {
            for (var i = 0; i < 1_000; i++) {
                node.posix.poller().wake();
            }
            var before = System.nanoTime();
            assertThat(node.posix.poller().await(LONG)).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(LONG / 2));

            var second = System.nanoTime();
            node.posix.poller().await(50);
            assertThat(Duration.ofNanos(System.nanoTime() - second)).isGreaterThan(Duration.ofMillis(45));
        }
    }

    @Test
    void three_hundred_children_each_end_once_with_their_own_status() throws Exception {
        try (var node = new TestPosix(folder)) {
            var expected = new HashMap<Long, ExitStatus>();
            for (var i = 0; i < 300; i++) {
                var child = node.spawn("/bin/sh", "-c", "exit " + i % 256);
                expected.put(child.pid(), new ExitStatus.Exited(i % 256));
            }
            var ends = new ArrayList<Long>();
            Await.until("300 ends", () -> {
                for (var process : node.posix.poller().await(100)) {
                    assertThat(process.ended()).contains(expected.get(process.pid()));
                    ends.add(process.pid());
                    process.close();
                }
                return ends.size() >= 300;
            });
            assertThat(ends).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected.keySet());
            assertThat(node.posix.poller().await(0)).isEmpty();
            node.forget();
        }
    }

    @Test
    void a_closed_one_leaves_no_file_open() throws Exception {
        new TestPosix(folder).close();
        var before = TestPosix.descriptors();
        var node = new TestPosix(folder);
        node.spawn("/bin/sleep", "1000");
        node.close();
        assertThat(TestPosix.descriptors()).isEqualTo(before);
    }
}
