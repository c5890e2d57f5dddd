package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Change;
import dev.steward.bus.OrderState;
import dev.steward.posix.Posix;
import dev.steward.posix.Signal;
import dev.steward.testing.Alive;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Handlers that outlive the workers who began them. */
@Timeout(120)
class AdoptedHandlersTest {
    private static final String ID = "WO-20251030-7K3V9QX2MD";

    @TempDir
    Path folder;

    private TestHouse house;
    private MemoryLedger ledger;
    private Posix posix;
    private Workers first;
    private Workers second;

    @BeforeEach
    void begin() throws IOException {
        house = new TestHouse(folder);
        ledger = new MemoryLedger(InstantSource.system());
        posix = Posix.forSupervisor();
        first = house.workers(ledger, posix);
        second = house.workers(ledger, posix);
    }

    @AfterEach
    void end() {
        first.close();
        second.down().join();
        second.close();
        posix.close();
    }

    /** Begins one that goes on until there is a file {@code go}, and lets go of it. */
    private long handlerThatGoesOn(String... then) throws Exception {
        house.deliver(ledger, ID);
        var lines = new ArrayList<>(
                List.of("echo $$ >>" + folder + "/pids", "while [ ! -e " + folder + "/go ]; do sleep 0.02; done"));
        lines.addAll(List.of(then));
        first.take(List.of(house.worker(house.script("handle", lines.toArray(String[]::new)))));
        Await.until("a handler", () -> house.lines("pids").size() == 1);
        first.close();
        return Long.parseLong(house.lines("pids").getFirst());
    }

    private void go() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    @Test
    void a_handler_is_waited_for_and_its_result_counts() throws Exception {
        var pid = handlerThatGoesOn("echo well");

        second.take(List.of(house.worker(folder.resolve("handle"))));
        Await.until(
                "it is in hand",
                () -> second.status().stream()
                        .anyMatch(worker -> worker.handling().size() == 1));
        assertThat(Alive.is(pid)).isTrue();
        go();

        var row = TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(row.attempt()).isEqualTo(1);
        assertThat(row.result().orElseThrow().output()).isEqualTo("well\n");
        assertThat(house.lines("pids")).hasSize(1);
    }

    @Test
    void the_result_of_one_that_ended_unwatched_counts_too() throws Exception {
        var pid = handlerThatGoesOn("echo badly", "exit 65");
        go();
        Await.until("its end", () -> !Alive.is(pid));

        second.take(List.of(house.worker(folder.resolve("handle"))));

        var row = TestHouse.await(ledger, ID, OrderState.DEAD);
        assertThat(row.result().orElseThrow().exit()).hasValue(65);
        assertThat(row.result().orElseThrow().output()).isEqualTo("badly\n");
    }

    @Test
    void one_that_was_killed_unwatched_is_begun_again() throws Exception {
        var pid = handlerThatGoesOn("echo well");
        var wrapper = posix.processes().find(pid).orElseThrow().parent();
        posix.signals().group(wrapper, Signal.KILL);
        go();

        second.take(List.of(house.worker(folder.resolve("handle"))));

        assertThat(TestHouse.await(ledger, ID, OrderState.DONE).attempt()).isEqualTo(2);
        assertThat(house.lines("pids")).hasSize(2);
    }

    @Test
    void one_whose_shell_was_killed_is_ended_before_the_next_begins() throws Exception {
        var pid = handlerThatGoesOn("echo well");
        var wrapper = posix.processes().find(pid).orElseThrow().parent();
        try (var poller = posix.anotherPoller()) {
            poller.adopt(posix.processes().identify(wrapper).orElseThrow())
                    .orElseThrow()
                    .signal(Signal.KILL);
        }
        Await.until("the end of the shell", () -> !Alive.is(wrapper));
        assertThat(Alive.is(pid)).isTrue();

        second.take(List.of(house.worker(folder.resolve("handle"))));
        Await.until("another handler", () -> house.lines("pids").size() == 2);

        assertThat(Alive.is(pid)).isFalse();
        go();
        assertThat(TestHouse.await(ledger, ID, OrderState.DONE).attempt()).isEqualTo(2);
    }

    @Test
    void one_whose_order_was_cancelled_meanwhile_is_ended() throws Exception {
        var pid = handlerThatGoesOn("echo well");
        ledger.change(ID, new Change.Cancel("somebody"));

        second.take(List.of(house.worker(folder.resolve("handle"))));

        Await.until("its end", () -> !Alive.is(pid));
        Await.until("no files", () -> Files.notExists(house.home.resolve("work").resolve(ID)));
        assertThat(TestHouse.row(ledger, ID).reason()).isEqualTo("cancelled by somebody");
    }

    @Test
    void time_that_passed_unwatched_counts() throws Exception {
        handlerThatGoesOn();
        var config = house.worker(folder.resolve("handle"), Duration.ofMillis(1));

        second.take(List.of(config));

        assertThat(TestHouse.await(ledger, ID, OrderState.DEAD).reason()).isEqualTo("timed out after 1ms");
    }

    @Test
    void without_its_worker_it_is_waited_for_as_well() throws Exception {
        handlerThatGoesOn("exit 1");

        second.take(List.of());
        Await.until("it is in hand", () -> !second.status().isEmpty());
        go();

        var row = TestHouse.await(ledger, ID, OrderState.FAILED);
        assertThat(row.due()).isPresent();
        assertThat(row.reason()).isEqualTo("exit status 1");
    }
}
