package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Bus.Reception;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Found;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {
    @TempDir
    Path inbox;

    /** The taking of orders and a delivery find at the same time that the bus is away. */
    @Test
    void one_that_ends_by_itself_and_by_a_delivery_at_once_leaves_its_thread_uninterrupted() throws Exception {
        var teller = new Teller(_ -> {});
        var at = workplace(teller);
        try (var lock = InboxLock.take(at.ground().lock()).orElseThrow();
                var threads = Executors.newSingleThreadScheduledExecutor()) {
            var session = new Session(new BreakingReception(), new Delivery(at, lock), threads, teller);

            assertThatThrownBy(() -> session.run(Duration.ofSeconds(30)))
                    .isInstanceOf(BusException.class)
                    .hasMessage("gone");

            assertThat(Thread.interrupted()).isFalse();
        }
    }

    /** The disk that refuses an order often refuses the log's lines too. */
    @Test
    void one_whose_listener_fails_while_the_disk_is_full_tries_again_and_ends_when_it_is_told() throws Exception {
        var told = new CountDownLatch(1);
        var teller = new Teller(_ -> {
            told.countDown();
            throw new IllegalStateException("no space for the log");
        });
        var at = workplace(teller);
        var ground = at.ground();
        Files.delete(ground.arriving());
        Files.createFile(ground.arriving());
        try (var lock = InboxLock.take(ground.lock()).orElseThrow();
                var threads = Executors.newSingleThreadScheduledExecutor()) {
            var reception = new BreakingReception();
            var taking = CompletableFuture.supplyAsync(() -> catchThrowable(
                    () -> new Session(reception, new Delivery(at, lock), threads, teller).run(Duration.ofSeconds(30))));
            told.await();
            Files.delete(ground.arriving());
            Files.createDirectory(ground.arriving());
            assertThat(taking.join()).hasMessage("gone");
        }
        assertThat(ground.place("WO-1")).exists();
    }

    private Workplace workplace(Teller teller) throws IOException {
        var ground = new Ground(inbox);
        ground.make();
        return Workplace.of(
                ground,
                new Receiver.Identity("clc", "studio", ""),
                Receiver.Timing.usual(InstantSource.fixed(Orders.CREATED), System::nanoTime),
                teller,
                new SecureRandom());
    }

    /** Gives one order, and breaks when that is delivered; whoever delivered it hears of it last. */
    private static final class BreakingReception implements Reception {
        private final CountDownLatch delivering = new CountDownLatch(1);
        private final CountDownLatch broken = new CountDownLatch(1);
        private boolean isGiven;

        @Override
        public List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException {
            if (!isGiven) {
                isGiven = true;
                return List.of(Orders.order("WO-1"));
            }
            delivering.await();
            broken.countDown();
            throw new BusException(Kind.UNAVAILABLE, "gone");
        }

        @Override
        public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
            delivering.countDown();
            try {
                broken.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new BusException(Kind.UNAVAILABLE, "gone");
        }

        @Override
        public void quarantine(WorkOrder order, String reason) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean found(Found found, Acknowledgement acknowledgement) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delivered(String id) {
            return false;
        }

        @Override
        public void close() {}
    }
}
