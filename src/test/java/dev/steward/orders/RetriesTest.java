package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private final AtomicInteger run = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();

    @Test
    void what_is_put_off_is_run_after_the_pause() throws Exception {
        try (var threads = Executors.newScheduledThreadPool(1)) {
            new Retries(threads).later(Duration.ofMillis(1), run::incrementAndGet, givenUp::incrementAndGet);

            Await.until("it is run", () -> run.get() == 1);
        }
        assertThat(givenUp).hasValue(0);
    }

    @Test
    void at_the_end_what_waits_is_given_up_once_and_so_is_what_comes_later() {
        try (var threads = Executors.newScheduledThreadPool(1)) {
            var retries = new Retries(threads);
            retries.later(Duration.ofHours(1), run::incrementAndGet, givenUp::incrementAndGet);

            retries.end();
            retries.end();
            assertThat(givenUp).hasValue(1);

            retries.later(Duration.ZERO, run::incrementAndGet, givenUp::incrementAndGet);
            assertThat(givenUp).hasValue(2);
            assertThat(threads.shutdownNow()).allMatch(left -> ((Future<?>) left).isCancelled());
        }
        assertThat(run).hasValue(0);
    }

    @Test
    void each_of_many_is_either_run_or_given_up() {
        try (var threads = Executors.newScheduledThreadPool(4)) {
            var retries = new Retries(threads);
            for (int i = 0; i < 1_000; i++) {
                retries.later(Duration.ofMillis(i % 3), run::incrementAndGet, givenUp::incrementAndGet);
            }
            retries.end();
        }
        assertThat(run.get() + givenUp.get()).isEqualTo(1_000);
    }
}
