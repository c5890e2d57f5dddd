package dev.steward.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.testing.Await;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What many threads record at once shares a sync, and what goes wrong is told to each of them. */
@Timeout(60)
class GroupCommitTest {
    private static final int CALLERS = 8;

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void name() {
        file = home.resolve("audit.jsonl");
    }

    /** Lets nobody write before it is opened, counts who writes, and can be told to fail. */
    private static final class Gate implements Locker {
        final AtomicInteger writes = new AtomicInteger();
        final CountDownLatch open = new CountDownLatch(1);
        volatile Optional<IOException> trouble = Optional.empty();

        @Override
        public Closeable lock() throws IOException {
            writes.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (trouble.isPresent()) {
                throw trouble.get();
            }
            return () -> {};
        }
    }

    private final Gate gate = new Gate();
    private final List<Head> heads = new CopyOnWriteArrayList<>();
    private final List<Exception> failures = new CopyOnWriteArrayList<>();

    private AuditTrail trail(InstantSource clock) {
        return AuditTrail.open(file, clock, Trails.ZONE, gate);
    }

    /** Several callers, the first of whom waits at the gate and the others for it. */
    private List<Thread> callers(AuditTrail trail) throws Exception {
        var all = new ArrayList<Thread>();
        for (int i = 0; i < CALLERS; i++) {
            int number = i;
            all.add(Thread.ofPlatform().start(() -> {
                try {
                    heads.add(trail.append(List.of(Trails.event(number), Trails.event(-number))));
                } catch (Exception e) {
                    failures.add(e);
                }
            }));
            Await.until("caller " + i + " waits", () -> all.getLast().getState() == Thread.State.WAITING);
        }
        return all;
    }

    private void open(List<Thread> callers) throws Exception {
        gate.open.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
    }

    @Test
    void those_that_wait_for_one_that_writes_are_written_together_and_in_their_order() throws Exception {
        open(callers(trail(InstantSource.fixed(Trails.NOW))));

        assertThat(failures).isEmpty();
        assertThat(gate.writes).hasValue(2);
        assertThat(heads).extracting(Head::seq).containsExactlyInAnyOrder(2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L);
        assertThat(Files.readAllLines(file))
                .extracting(line -> line.replaceAll(".*\"number\":(-?\\d+).*", "$1"))
                .containsExactly("0", "0", "1", "-1", "2", "-2", "3", "-3", "4", "-4", "5", "-5", "6", "-6", "7", "-7");
        assertThat(AuditVerifier.verify(file)).isInstanceOf(Verdict.Intact.class);
    }

    @Test
    void each_is_told_the_head_that_its_own_last_record_left() throws Exception {
        open(callers(trail(InstantSource.fixed(Trails.NOW))));

        var lines = Files.readAllLines(file);
        for (Head head : heads) {
            assertThat(head.hash())
                    .isEqualTo(Hashes.of(
                            lines.get((int) head.seq() - 1).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    @Test
    void each_of_them_is_told_what_kept_it_from_being_recorded_and_it_works_again_after() throws Exception {
        var trail = trail(InstantSource.fixed(Trails.NOW));
        gate.trouble = Optional.of(new IOException("No space left on device"));
        open(callers(trail));

        assertThat(heads).isEmpty();
        assertThat(failures)
                .hasSize(CALLERS)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(AuditException.class)
                        .hasMessageContaining("audit.jsonl")
                        .hasMessageContaining("No space left"));
        assertThat(failures).doesNotHaveDuplicates();
        assertThat(file).doesNotExist();

        gate.trouble = Optional.empty();
        assertThat(trail.append(List.of(Trails.event(1))).seq()).isOne();
    }

    @Test
    void a_fault_of_ours_lets_nobody_wait_for_ever() throws Exception {
        var broken = new AtomicInteger(1);
        var trail = trail(() -> {
            if (broken.get() == 1) {
                throw new IllegalStateException("the clock is broken");
            }
            return Trails.NOW;
        });
        open(callers(trail));

        assertThat(failures)
                .hasSize(CALLERS)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(IllegalStateException.class)
                        .hasRootCauseMessage("the clock is broken"));

        broken.set(0);
        assertThat(trail.append(List.of(Trails.event(1))).seq()).isOne();
    }

    @Test
    void one_that_is_interrupted_is_recorded_nevertheless_and_stays_interrupted() throws Exception {
        var trail = trail(InstantSource.fixed(Trails.NOW));
        var all = callers(trail);
        var interrupted = new AtomicInteger();
        var late = Thread.ofPlatform().start(() -> {
            try {
                heads.add(trail.append(List.of(Trails.event(99))));
            } catch (Exception e) {
                failures.add(e);
            }
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : -1);
        });
        Await.until("the late one waits", () -> late.getState() == Thread.State.WAITING);
        late.interrupt();
        all.add(late);
        open(all);

        assertThat(interrupted).hasValue(1);
        assertThat(failures).isEmpty();
        assertThat(file).content().contains("\"number\":99");
    }

    @Test
    void sixty_four_threads_that_each_wait_make_one_chain() throws Exception {
        gate.open.countDown();
        var trail = trail(InstantSource.fixed(Trails.NOW));
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 64; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int j = 0; j < 50; j++) {
                        heads.add(trail.append(List.of(new AuditEvent("tried", Map.of("caller", number, "time", j)))));
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(heads).extracting(Head::seq).doesNotHaveDuplicates().hasSize(3_200);
        assertThat(gate.writes.get()).isLessThan(3_200);
        assertThat(AuditVerifier.verify(file))
                .isInstanceOfSatisfying(
                        Verdict.Intact.class,
                        intact -> assertThat(intact.records()).isEqualTo(3_200));
    }

    @Test
    void an_event_is_checked_before_anybody_waits() {
        var trail = trail(InstantSource.fixed(Trails.NOW));
        assertThatThrownBy(() -> trail.append(List.of(new AuditEvent("", Map.of()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(gate.writes).hasValue(0);
    }
}
