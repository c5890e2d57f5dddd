package dev.steward.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.testing.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the contract stand on: a bus of the kind under test, and a way to await what others do. */
public abstract class BusRig {
    /** For what must come: far longer than it takes. */
    protected static final Duration LONG = Duration.ofSeconds(15);

    /** For what must not come. */
    protected static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    protected Path folder;

    protected Fixture fixture;
    protected Bus bus;

    /** What a bus of one kind is made of, for one test. */
    public interface Fixture {
        /** The bus of a process; the same one until {@link #restart}. The fixture closes it. */
        Bus bus() throws Exception;

        /** The bus of another process, of this node or another one, that shares the orders with the first. The fixture closes it. */
        Bus other() throws Exception;

        /** Ends all processes and starts them anew: buses, and what was opened on them, are gone, and {@link #bus} gives a new one. */
        void restart() throws Exception;

        /** The folder of large payloads on their way. */
        Path spool() throws Exception;

        /** Returns when what was dropped has come to where receivers are given it. */
        default void settle() throws Exception {}

        /** Whether there is a way between two buses, or behind a bus, that can break. */
        default boolean canBeCut() {
            return false;
        }

        /** Breaks it. */
        default void cut() throws Exception {
            throw new UnsupportedOperationException("there is nothing to cut");
        }

        /** Makes it whole again. */
        default void mend() throws Exception {
            throw new UnsupportedOperationException("there is nothing to mend");
        }

        /** Ends all. */
        void close() throws Exception;
    }

    /** Makes one in an empty folder. */
    protected abstract Fixture fixture(Path home) throws Exception;

    @BeforeEach
    void open() throws Exception {
        fixture = fixture(folder);
        bus = fixture.bus();
    }

    @AfterEach
    void close() throws Exception {
        fixture.close();
    }

    protected void restart() throws Exception {
        fixture.restart();
        bus = fixture.bus();
    }

    /** Drops it, which must be new. */
    protected WorkOrder drop(WorkOrder order) throws Exception {
        assertThat(bus.drop(order)).isEqualTo(new Accepted.New(order.id()));
        return order;
    }

    /** Takes until it has so many. */
    protected static List<WorkOrder> take(Bus.Reception reception, int many) throws Exception {
        var taken = new ArrayList<WorkOrder>();
        Await.until(many + " orders were given, so far " + taken, () -> {
            taken.addAll(reception.take(many - taken.size(), Duration.ofSeconds(1)));
            return taken.size() >= many;
        });
        return taken;
    }

    protected static WorkOrder takeOne(Bus.Reception reception) throws Exception {
        return take(reception, 1).getFirst();
    }

    /** Takes the order in the inbox and acknowledges it. */
    protected void deliver(WorkOrder order) throws Exception {
        try (var reception = bus.receive(order.heading().to())) {
            var taken = takeOne(reception);
            assertThat(taken.id()).isEqualTo(order.id());
            assertThat(reception.acknowledge(taken, BusSamples.acknowledgement(taken)))
                    .isTrue();
        }
    }

    /** Hears until it has so many, and marks nothing. */
    protected static List<Heard> hear(Bus.Listening listening, int many) throws Exception {
        var heard = new ArrayList<Heard>();
        Await.until(many + " acknowledgements were heard", () -> {
            heard.clear();
            heard.addAll(listening.hear(many, Duration.ofSeconds(1)));
            return heard.size() >= many;
        });
        return heard;
    }

    protected static List<String> ids(List<WorkOrder> orders) {
        return orders.stream().map(WorkOrder::id).toList();
    }

    protected static List<String> heardIds(List<Heard> heard) {
        return heard.stream().map(each -> each.acknowledgement().id()).toList();
    }

    /** Awaits that the order, dropped again, is the same one in this state. */
    protected void awaitState(WorkOrder order, OrderState state) throws Exception {
        var wanted = new Accepted.Same(order.id(), state);
        Await.until(order.id() + " is " + state.word(), () -> bus.drop(order).equals(wanted));
    }

    protected static void assertRefused(ThrowingCallable call) {
        assertThat(catchThrowableOfType(BusException.class, call))
                .isNotNull()
                .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(BusException.Kind.REFUSED))
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }

    /** Does them all at once, each on a thread of its own; gives what they gave. */
    protected static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            var results = new ArrayList<T>();
            for (Future<T> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
            return results;
        }
    }
}
