package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Await;
import dev.steward.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver is killed again and again, while somebody takes every other order away as soon as it is there. */
class ReceiverKilledTest {
    private static final int MOST_BEFORE_A_KILL = 40;

    @TempDir
    Path folder;

    private final Random random = new Random();
    private final List<String> twice = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void prepare() throws Exception {
        KilledBus.prepare(folder);
        Files.createDirectory(folder.resolve("taken"));
    }

    @Test
    void killed_20_times_each_order_was_there_once_and_is_acknowledged_once() throws Exception {
        killed(20);
    }

    @Test
    @Tag("long")
    void killed_200_times_each_order_was_there_once_and_is_acknowledged_once() throws Exception {
        killed(200);
    }

    private void killed(int times) throws Exception {
        var isOver = new AtomicBoolean();
        var reader = Thread.ofPlatform().start(() -> read(isOver));
        try {
            for (int i = 0; i < times; i++) {
                killOnce();
            }
            try (var _ = ReceiverChild.start(folder)) {
                Await.until(
                        "all are acknowledged",
                        () -> Desk.names(folder.resolve("acks")).size() == KilledBus.ORDERS);
            }
        } finally {
            isOver.set(true);
            reader.join();
        }
        assertEachIsThereOnce();
    }

    private void killOnce() throws Exception {
        try (var child = Child.start(ReceiverChild.class, List.of(), folder.toString())) {
            child.line();
            for (int i = random.nextInt(MOST_BEFORE_A_KILL); i > 0 && !isAllDone(); i--) {
                child.line();
            }
            LockSupport.parkNanos(random.nextInt(3_000_000));
            child.kill();
        }
    }

    private boolean isAllDone() throws IOException {
        return Desk.names(folder.resolve("acks")).size() == KilledBus.ORDERS;
    }

    /** Takes orders with an even number away. */
    private void read(AtomicBoolean isOver) {
        var inbox = folder.resolve("CLC");
        while (!isOver.get()) {
            try {
                for (var name : Files.exists(inbox) ? Desk.names(inbox) : List.<String>of()) {
                    if (name.startsWith("WO-") && (name.charAt(6) & 1) == 0) {
                        take(inbox.resolve(name));
                    }
                }
            } catch (IOException e) {
                twice.add("the reader cannot read: " + e);
            }
            LockSupport.parkNanos(500_000);
        }
    }

    private void take(Path order) throws IOException {
        var taken = folder.resolve("taken").resolve(order.getFileName());
        if (Files.exists(taken)) {
            twice.add(order.toString());
        } else {
            Files.move(order, taken);
        }
    }

    private void assertEachIsThereOnce() throws Exception {
        var inbox = Desk.names(folder.resolve("CLC"));
        var taken = Desk.names(folder.resolve("taken"));
        var all = new ArrayList<>(taken);
        all.addAll(inbox.stream().filter(name -> !name.startsWith(".")).toList());
        assertThat(twice).isEmpty();
        assertThat(taken).isNotEmpty();
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, KilledBus.ORDERS)
                        .mapToObj(KilledBus::id)
                        .toList());
        for (var name : all) {
            var place = folder.resolve(taken.contains(name) ? "taken" : "CLC").resolve(name);
            assertThat(FolderCheck.of(place, Optional.empty()).findings())
                    .as(name)
                    .isEmpty();
        }
        assertThat(Desk.names(folder.resolve("CLC/.arriving"))).isEmpty();
        assertThat(Desk.receipts(folder.resolve("CLC"))).isEmpty();
        assertThat(inbox).doesNotContain(".quarantine");
    }
}
