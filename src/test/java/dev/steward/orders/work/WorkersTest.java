package dev.steward.orders.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Expected;
import dev.steward.bus.OrderState;
import dev.steward.config.Command;
import dev.steward.config.WorkerConfig;
import dev.steward.posix.Posix;
import dev.steward.testing.Alive;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real handlers, and a ledger in memory. */
@Timeout(120)
class WorkersTest {
    private static final String ID = "WO-20251030-7K3V9QX2MD";

    @TempDir
    Path folder;

    private TestHouse house;
    private MemoryLedger ledger;
    private Posix posix;
    private Workers workers;

    @BeforeEach
    void begin() throws IOException {
        house = new TestHouse(folder);
        ledger = new MemoryLedger(InstantSource.system());
        posix = Posix.forSupervisor();
        workers = house.workers(ledger, posix);
    }

    @AfterEach
    void end() {
        workers.down().join();
        workers.close();
        posix.close();
    }

    @Test
    void an_order_is_done_when_its_handler_ends_well() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(house.script("handle", "echo worked"))));

        var row = TestHouse.await(ledger, ID, OrderState.DONE);
        var result = row.result().orElseThrow();
        assertThat(result.success()).isTrue();
        assertThat(result.exit()).hasValue(0);
        assertThat(result.by()).isEqualTo("clc");
        assertThat(result.output()).isEqualTo("worked\n");
        assertThat(row.attempt()).isEqualTo(1);
        TestHouse.awaitRest(workers);
        assertThat(house.home.resolve("work")).isEmptyDirectory();
    }

    @Test
    void a_handler_is_told_of_its_order() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(house.script(
                "handle", "echo \"arguments $# $1\"", "env | grep '^STEWARD_\\|^GREETING\\|^SECRET' | sort", "pwd"))));

        var output = TestHouse.await(ledger, ID, OrderState.DONE)
                .result()
                .orElseThrow()
                .output();
        var order = house.inbox.resolve(ID);
        assertThat(output.lines())
                .containsExactly(
                        "arguments 1 " + order,
                        "GREETING=hello",
                        "SECRET=not to be lost",
                        "STEWARD_CONFIG=" + house.home.resolve("steward.yaml"),
                        "STEWARD_HOME=" + house.home,
                        "STEWARD_ORDER_ATTEMPT=1",
                        "STEWARD_ORDER_BODY=" + order.resolve("body.txt"),
                        "STEWARD_ORDER_ENVELOPE=" + order.resolve(ID + ".yaml"),
                        "STEWARD_ORDER_FOLDER=" + order,
                        "STEWARD_ORDER_FROM=CLS",
                        "STEWARD_ORDER_ID=" + ID,
                        "STEWARD_ORDER_PRIORITY=P3",
                        "STEWARD_ORDER_RESULT="
                                + house.home.resolve("work").resolve(ID).resolve("1.result"),
                        "STEWARD_ORDER_TITLE=A title",
                        "STEWARD_ORDER_TO=CLC",
                        "STEWARD_WORKER=clc",
                        folder.toString());
    }

    @Test
    void a_script_of_the_configuration_gets_the_folder_as_its_first_argument() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(new Command.Shell("cat \"$1/body.txt\""), Duration.ofMinutes(1))));

        var result = TestHouse.await(ledger, ID, OrderState.DONE).result().orElseThrow();
        assertThat(result.output()).isEqualTo("what is to be done");
    }

    @Test
    void what_a_handler_writes_into_its_result_is_the_result() throws Exception {
        house.deliver(ledger, ID);

        workers.take(
                List.of(house.worker(house.script("handle", "echo chatter", "echo 42 >\"$STEWARD_ORDER_RESULT\""))));

        assertThat(TestHouse.await(ledger, ID, OrderState.DONE)
                        .result()
                        .orElseThrow()
                        .output())
                .isEqualTo("42\n");
    }

    @Test
    void a_failed_order_is_tried_again_until_it_is_dead() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(house.script("handle", "echo attempt $STEWARD_ORDER_ATTEMPT", "exit 7"))));

        var row = TestHouse.await(ledger, ID, OrderState.DEAD);
        assertThat(row.attempt()).isEqualTo(3);
        assertThat(row.reason()).isEqualTo("exit status 7");
        assertThat(row.result().orElseThrow().output()).isEqualTo("attempt 3\n");
        assertThat(ledger.changes())
                .containsExactly(
                        ID + " working",
                        ID + " failed",
                        ID + " working",
                        ID + " failed",
                        ID + " working",
                        ID + " dead");
    }

    @Test
    void exit_status_65_says_that_no_retry_will_help() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(house.script("handle", "exit 65"))));

        var row = TestHouse.await(ledger, ID, OrderState.DEAD);
        assertThat(row.attempt()).isEqualTo(1);
        assertThat(row.result().orElseThrow().exit()).hasValue(65);
        assertThat(row.reason()).contains("no retry");
    }

    @Test
    void somebody_who_asks_for_it_gets_one_more_attempt() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script("handle", "[ \"$STEWARD_ORDER_ATTEMPT\" = 4 ] || exit 1"))));
        TestHouse.await(ledger, ID, OrderState.DEAD);

        ledger.change(ID, new Change.Retry("somebody"));

        assertThat(TestHouse.await(ledger, ID, OrderState.DONE).attempt()).isEqualTo(4);
    }

    @Test
    void never_more_orders_are_handled_at_a_time_than_the_worker_may() throws Exception {
        var ids = IntStream.range(0, 12).mapToObj(i -> "WO-" + i).toArray(String[]::new);
        house.deliver(ledger, ids);

        workers.take(List.of(house.worker(house.script(
                "handle",
                "mkdir \"" + folder + "/room.$STEWARD_ORDER_ID\"",
                "ls -d " + folder + "/room.* | wc -l >>" + folder + "/counts",
                "sleep 0.05",
                "rmdir \"" + folder + "/room.$STEWARD_ORDER_ID\""))));

        for (var id : ids) {
            TestHouse.await(ledger, id, OrderState.DONE);
        }
        assertThat(house.lines("counts")).hasSize(12).allMatch(count -> Integer.parseInt(count.strip()) <= 2);
    }

    @Test
    void the_most_urgent_orders_come_first() throws Exception {
        house.deliver(ledger, "WO-a", "WO-b");
        house.lay("WO-c");
        ledger.deliver(house.heading("WO-c", "P0"), TestHouse.NODE);
        var config = house.worker(house.script("handle", "echo $STEWARD_ORDER_ID >>" + folder + "/order"));
        var oneAtATime = new WorkerConfig(
                config.name(), config.inbox(), config.invocation(), 1, config.timeout(), 0, config.backoff());

        workers.take(List.of(oneAtATime));

        TestHouse.await(ledger, "WO-b", OrderState.DONE);
        assertThat(house.lines("order")).containsExactly("WO-c", "WO-a", "WO-b");
    }

    @Test
    void a_handler_that_takes_too_long_is_ended_with_all_that_it_started() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(
                house.script(
                        "handle",
                        "sleep 1000 & echo $! >>" + folder + "/pids",
                        "echo $$ >>" + folder + "/pids",
                        "setsid sleep 1001 & echo $! >>" + folder + "/pids",
                        "echo began",
                        "wait"),
                Duration.ofMillis(400))));

        var row = TestHouse.await(ledger, ID, OrderState.DEAD);
        assertThat(row.reason()).isEqualTo("timed out after 400ms");
        assertThat(row.result().orElseThrow().output()).startsWith("began\n");
        assertThat(house.lines("pids")).hasSize(9).noneMatch(pid -> Alive.is(Long.parseLong(pid)));
    }

    @Test
    void a_handler_that_ignores_the_request_to_end_is_killed() throws Exception {
        house.deliver(ledger, ID);
        var config = house.worker(
                house.script("handle", "trap '' TERM", "echo $$ >>" + folder + "/pids", "while :; do sleep 1; done"),
                Duration.ofMillis(200));

        workers.take(List.of(new WorkerConfig(
                config.name(), config.inbox(), config.invocation(), 1, config.timeout(), 0, config.backoff())));

        TestHouse.await(ledger, ID, OrderState.DEAD);
        assertThat(house.lines("pids")).hasSize(1).noneMatch(pid -> Alive.is(Long.parseLong(pid)));
    }

    @Test
    void what_a_handler_leaves_behind_is_ended_before_the_order_is_done() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(house.script(
                "handle",
                "sleep 1000 & echo $! >>" + folder + "/pids",
                // Holds no life file, and is in the session.
                "sleep 1001 3>&- & echo $! >>" + folder + "/pids",
                // Is in another session, and holds the life file.
                "setsid sleep 1002 & echo $! >>" + folder + "/pids"))));

        TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(house.lines("pids")).hasSize(3).noneMatch(pid -> Alive.is(Long.parseLong(pid)));
    }

    @Test
    void a_handler_that_is_killed_is_noticed_and_its_order_taken_again() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(
                house.worker(house.script("handle", "[ $STEWARD_ORDER_ATTEMPT = 2 ] || kill -9 $$", "echo well"))));

        var row = TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(row.attempt()).isEqualTo(2);
        assertThat(ledger.changes()).contains(ID + " failed");
    }

    @Test
    void a_session_that_is_killed_as_a_whole_is_noticed_too() throws Exception {
        house.deliver(ledger, ID);

        workers.take(List.of(
                house.worker(house.script("handle", "[ $STEWARD_ORDER_ATTEMPT = 2 ] || kill -9 0", "echo well"))));

        assertThat(TestHouse.await(ledger, ID, OrderState.DONE).attempt()).isEqualTo(2);
    }

    @Test
    void the_handler_of_an_order_that_is_cancelled_is_ended() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script("handle", "echo $$ >>" + folder + "/pids", "exec sleep 1000"))));
        Await.until("a handler", () -> !house.lines("pids").isEmpty());

        ledger.change(ID, new Change.Cancel("somebody"));

        TestHouse.awaitRest(workers);
        assertThat(house.lines("pids")).hasSize(1).noneMatch(pid -> Alive.is(Long.parseLong(pid)));
        assertThat(TestHouse.row(ledger, ID).reason()).isEqualTo("cancelled by somebody");
        assertThat(house.home.resolve("work")).isEmptyDirectory();
    }

    @Test
    void the_handler_of_an_order_that_is_cancelled_and_wanted_again_at_once_is_ended() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script(
                "handle",
                "echo $$ >>" + folder + "/pids",
                "[ $STEWARD_ORDER_ATTEMPT = 2 ] || exec sleep 1000",
                "echo second"))));
        Await.until("a handler", () -> !house.lines("pids").isEmpty());

        ledger.changeAtOnce(ID, new Change.Cancel("somebody"), new Change.Retry("somebody"));

        var row = TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(row.result().orElseThrow().output()).isEqualTo("second\n");
        assertThat(house.lines("pids")).hasSize(2).noneMatch(pid -> Alive.is(Long.parseLong(pid)));
        assertThat(row.failures()).isZero();
    }

    @Test
    void an_answer_that_was_given_by_hand_stands() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script(
                "handle",
                "echo here >>" + folder + "/began",
                "while [ ! -e " + folder + "/go ]; do sleep 0.05; done"))));
        house.awaitLine("began", "here");
        var mine = new Verdict.Account(
                "somebody",
                1,
                0,
                Duration.ZERO,
                "by hand",
                InstantSource.system().instant());
        ledger.change(ID, Verdict.of(new End.Exited(0), mine, Rules.none(), new Expected.Nothing()));

        Files.createFile(folder.resolve("go"));

        TestHouse.awaitRest(workers);
        assertThat(TestHouse.row(ledger, ID).result().orElseThrow().by()).isEqualTo("somebody");
        assertThat(ledger.changes()).containsExactly(ID + " working", ID + " done");
    }

    @Test
    void an_order_whose_folder_is_gone_is_dead() throws Exception {
        ledger.deliver(house.heading(ID, "P3"), TestHouse.NODE);

        workers.take(List.of(house.worker(house.script("handle", "exit 0"))));

        var row = TestHouse.await(ledger, ID, OrderState.DEAD);
        assertThat(row.reason()).contains(house.inbox.resolve(ID).toString(), "not there");
        assertThat(row.attempt()).isZero();
    }

    @Test
    void an_order_that_came_when_the_node_had_another_name_is_worked_on() throws Exception {
        house.lay(ID);
        ledger.deliver(house.heading(ID, "P3"), "former-name");

        workers.take(List.of(house.worker(house.script("handle", "exit 0"))));

        assertThat(TestHouse.await(ledger, ID, OrderState.DONE).attempt()).isEqualTo(1);
    }

    @Test
    void the_daemon_may_go_down_more_often_than_an_order_is_retried() throws Exception {
        house.deliver(ledger, ID);
        var worker = house.worker(house.script(
                "handle",
                "echo $STEWARD_ORDER_ATTEMPT >>" + folder + "/began",
                "[ $STEWARD_ORDER_ATTEMPT -gt 3 ] || exec sleep 1000",
                "[ $STEWARD_ORDER_ATTEMPT = 6 ]"));
        for (var stop = 1; stop <= 3; stop++) {
            workers.take(List.of(worker));
            house.awaitLine("began", String.valueOf(stop));
            workers.down().join();
            workers.close();
            workers = house.workers(ledger, posix);
        }

        workers.take(List.of(worker));

        var row = TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(row.attempt()).isEqualTo(6);
        assertThat(row.failures()).isEqualTo(2);
    }

    @Test
    void a_fault_while_workers_wait_does_not_end_them() throws Exception {
        var faults = new AtomicInteger();
        workers.close();
        workers = new Workers(ledger, posix, house.ground(), InstantSource.system(), () -> {
            if (faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("the clock stood still");
            }
            return System.nanoTime();
        });
        workers.take(List.of(house.worker(house.script("handle", "exit 0"))));
        Await.until("a worker", () -> !workers.status().isEmpty());
        faults.set(5);

        house.deliver(ledger, ID);

        TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(faults).hasValue(0);
    }

    @Test
    void orders_in_an_inbox_of_another_node_are_left_alone() throws Exception {
        ledger.deliver(house.heading("WO-elsewhere", "P0"), TestHouse.NODE, false);
        house.deliver(ledger, ID);

        workers.take(List.of(house.worker(house.script("handle", "exit 0"))));

        TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(TestHouse.row(ledger, "WO-elsewhere").state()).isEqualTo(OrderState.DELIVERED);
    }

    @Test
    void a_missing_program_costs_no_attempt_and_is_told_of() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(folder.resolve("missing"))));
        Await.until("a problem", () -> !workers.problems().isEmpty());
        assertThat(workers.problems()).containsExactly("worker clc: there is no file " + folder.resolve("missing"));

        house.script("missing", "exit 0");

        assertThat(TestHouse.await(ledger, ID, OrderState.DONE).attempt()).isEqualTo(1);
        Await.until("no problem", () -> workers.problems().isEmpty());
    }

    @Test
    void nothing_is_begun_that_cannot_be_recorded() throws Exception {
        house.deliver(ledger, ID);
        ledger.fail(new BusException(BusException.Kind.FULL, "no room on the disk"));
        workers.take(List.of(house.worker(house.script("handle", "echo $STEWARD_ORDER_ATTEMPT >>" + folder + "/ran"))));
        Await.until("a problem", () -> !workers.problems().isEmpty());
        assertThat(workers.problems().getFirst()).contains("no room on the disk");
        assertThat(house.lines("ran")).isEmpty();

        ledger.work();

        TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(house.lines("ran")).containsExactly("1");
    }

    @Test
    void a_result_that_cannot_be_recorded_now_is_recorded_later() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script(
                "handle",
                "echo here >>" + folder + "/began",
                "while [ ! -e " + folder + "/go ]; do sleep 0.05; done"))));
        house.awaitLine("began", "here");
        ledger.fail(new BusException(BusException.Kind.UNAVAILABLE, "nobody answers"));
        Files.createFile(folder.resolve("go"));
        Await.until("a problem", () -> workers.problems().stream().anyMatch(text -> text.contains("nobody answers")));

        ledger.work();

        TestHouse.await(ledger, ID, OrderState.DONE);
        assertThat(house.lines("began")).hasSize(1);
    }

    @Test
    void a_worker_that_is_configured_no_more_lets_its_handlers_end() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script(
                "handle",
                "echo here >>" + folder + "/began",
                "while [ ! -e " + folder + "/go ]; do sleep 0.05; done"))));
        house.awaitLine("began", "here");

        workers.take(List.of());
        house.deliver(ledger, "WO-later");
        Files.createFile(folder.resolve("go"));

        TestHouse.await(ledger, ID, OrderState.DONE);
        TestHouse.awaitRest(workers);
        assertThat(TestHouse.row(ledger, "WO-later").state()).isEqualTo(OrderState.DELIVERED);
    }

    @Test
    void without_workers_there_is_no_thread() {
        workers.take(List.of());

        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("workers"));
        assertThat(workers.status()).isEmpty();
    }

    @Test
    void a_runaway_does_not_fill_the_disk_and_its_end_is_kept() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script(
                "handle",
                "echo here >>" + folder + "/began",
                "head -c 30000000 /dev/zero | tr '\\0' 'x'",
                "echo the end",
                "while [ ! -e " + folder + "/go ]; do sleep 0.05; done"))));
        house.awaitLine("began", "here");
        var output = house.home.resolve("work").resolve(ID).resolve("1.out");
        Await.until("all of it", () -> Files.size(output) > 30_000_000);

        Await.until("little space is taken", () -> posix.files().facts(output).blocks512() * 512 <= Output.ENOUGH);

        Files.createFile(folder.resolve("go"));
        var text = TestHouse.await(ledger, ID, OrderState.DONE)
                .result()
                .orElseThrow()
                .output();
        assertThat(text).hasSize(64 * 1024).endsWith("xxx" + "the end\n");
    }

    @Test
    void down_stops_every_handler_and_its_order_is_tried_again() throws Exception {
        house.deliver(ledger, ID);
        workers.take(List.of(house.worker(house.script("handle", "echo $$ >>" + folder + "/pids", "exec sleep 1000"))));
        Await.until("a handler", () -> !house.lines("pids").isEmpty());

        workers.down().join();

        assertThat(house.lines("pids")).hasSize(1).noneMatch(pid -> Alive.is(Long.parseLong(pid)));
        var row = TestHouse.row(ledger, ID);
        assertThat(row.state()).isEqualTo(OrderState.FAILED);
        assertThat(row.due()).isPresent();
        assertThat(row.reason()).isEqualTo("stopped, since the daemon went down");
    }
}
