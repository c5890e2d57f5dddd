package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.bus.ledger.Ledger;
import dev.steward.cli.Ran.Shell;
import dev.steward.control.ControlServer;
import dev.steward.control.OrderDesk;
import dev.steward.control.SocketPath;
import dev.steward.testing.FakeLedger;
import dev.steward.testing.FakeNode;
import dev.steward.testing.FakeOrders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands about orders against a daemon that answers over a real socket. */
@Timeout(30)
class OrderCommandsTest {
    @TempDir
    Path home;

    private final FakeLedger ledger = new FakeLedger();
    private ControlServer server;
    private Shell shell;

    @BeforeEach
    void open() throws IOException {
        var node = new FakeNode(home);
        node.orders = () -> ledger;
        server = ControlServer.listen(SocketPath.prepare(home));
        server.serve(node.methods());
        shell = Shell.at(home);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void orders_are_shown_as_a_table_or_an_object_a_line() {
        ledger.put(FakeOrders.in(OrderState.DONE, 1));
        ledger.put(FakeOrders.in(OrderState.FAILED, 2));
        var table = shell.run("orders");
        assertThat(table.status()).as(table.err()).isZero();
        assertThat(table.out()).startsWith("ID ").containsSubsequence("WO-2  failed", "WO-1  done");
        assertThat(table.err()).isEmpty();
        var json = shell.run("orders", "--json");
        assertThat(json.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"wo_id\":\"WO-"));
        assertThat(shell.run("orders", "--to", "nobody")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void they_are_chosen_by_states_in_old_words_too() {
        ledger.put(FakeOrders.in(OrderState.DONE, 1));
        ledger.put(FakeOrders.in(OrderState.FAILED, 2));
        ledger.put(FakeOrders.in(OrderState.DROPPED, 3));
        assertThat(shell.run("orders", "--state", "ERROR,pending", "--json").out())
                .contains("WO-2", "WO-3")
                .doesNotContain("WO-1");
        assertThat(shell.run("orders", "--state", "done", "--state", "dropped").out())
                .contains("WO-1", "WO-3")
                .doesNotContain("WO-2");
        var wrong = shell.run("orders", "--state", "sleeping");
        assertThat(wrong.status()).isEqualTo(64);
        assertThat(wrong.err()).contains("there is no state 'sleeping'", "abandoned");
    }

    @Test
    void of_one_whose_worker_is_hindered_it_is_told_by_what() throws IOException {
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 1));
        server.close();
        var node = new FakeNode(home);
        node.orders = new OrderDesk() {
            @Override
            public Ledger ledger() {
                return ledger;
            }

            @Override
            public Optional<String> hindrance(String inbox) {
                return Optional.of("worker w: there is no handler of " + inbox);
            }
        };
        server = ControlServer.listen(SocketPath.prepare(home));
        server.serve(node.methods());
        assertThat(shell.run("orders").out()).endsWith("  worker w: there is no handler of CLC\n");
    }

    @Test
    void of_a_dead_one_it_is_told_how_often_it_was_tried() {
        ledger.put(deadAfterFour("exit status 3"));
        assertThat(shell.run("orders").out()).endsWith("  exit status 3, attempt 4 of 4\n");
        ledger.put(deadAfterFour("cancelled by kim"));
        assertThat(shell.run("orders").out()).endsWith("  cancelled by kim\n");
    }

    private static OrderRow deadAfterFour(String reason) {
        var dead = FakeOrders.in(OrderState.DEAD, 1);
        return new OrderRow(
                1,
                dead.heading(),
                dead.origin(),
                true,
                dead.state(),
                reason,
                4,
                4,
                dead.due(),
                dead.work(),
                dead.acknowledgement(),
                dead.result(),
                dead.hashes(),
                dead.bodySize(),
                dead.since(),
                dead.changed());
    }

    @Test
    void it_says_if_there_may_be_more() {
        ledger.put(FakeOrders.in(OrderState.DONE, 1));
        ledger.put(FakeOrders.in(OrderState.DONE, 2));
        assertThat(shell.run("orders", "-n", "1").err())
                .isEqualTo("steward: these are the newest 1; if there are more, -n shows them\n");
        assertThat(shell.run("orders", "-n", "1", "--json").err()).contains("-n shows them");
        assertThat(shell.run("orders", "-n", "3").err()).isEmpty();
        assertThat(shell.run("orders", "-n", "0")).isEqualTo(new Ran(0, "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders --since soon",
                "orders -n -1",
                "orders -n 10001",
                "orders --json -n 1000001",
                "order",
                "order show",
                "inbox",
                "drop --to CLC --title x",
                "drop --to CLC --title x --body - --timeout 5s",
                "drop --to CLC --title x --body - --wait=doomsday",
                "drop --to CLC --title x --body - --priority P9",
                "drop --to ../evil --title x --body -",
                "drop --to CLC --title x --body - --from a/b",
                "drop --to CLC --title x --body - --id .."
            })
    void what_makes_no_sense_is_a_mistake_in_usage(String command) {
        var ran = shell.run(command.split(" "));
        assertThat(ran.status()).as(ran.err()).isEqualTo(64);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("steward: ").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order done WO-1 --result", "order fail WO-1 --result", "drop --to CLC --title x --body"})
    void a_file_that_is_none_is_told_as_such(String command) {
        var missing = shell.run((command + " nowhere.txt").split(" "));
        assertThat(missing.status()).isEqualTo(66);
        assertThat(missing.err()).endsWith(": there is no file " + home.resolve("nowhere.txt") + "\n");
        var folder = shell.run((command + " .").split(" "));
        assertThat(folder.status()).isEqualTo(66);
        assertThat(folder.err()).endsWith(": " + home + " is a folder\n");
    }

    @Test
    void what_is_read_may_be_a_pipe() throws Exception {
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 1));
        var pipe = home.resolve("pipe").toString();
        assertThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();
        var writer = new ProcessBuilder("sh", "-c", "echo through a pipe >'" + pipe + "'").start();
        assertThat(shell.run("order", "done", "WO-1", "--result", "pipe").status())
                .isZero();
        assertThat(result().output()).isEqualTo("through a pipe\n");
        assertThat(writer.waitFor()).isZero();
    }

    @Test
    void quotes_in_a_list_of_states_are_what_they_are() {
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 1));
        assertThat(shell.run("orders", "--state", "delivered,\"x").err())
                .startsWith("steward: --state: there is no state '\"x'");
        assertThat(shell.run("orders", "--state", "dropped,,delivered").out()).contains("WO-1");
    }

    @Test
    void one_order_is_shown_whole() {
        ledger.put(FakeOrders.in(OrderState.DONE, 1));
        assertThat(shell.run("order", "show", "WO-1").out())
                .startsWith("WO-1  done\n")
                .contains("second ?[2J line");
        assertThat(shell.run("order", "show", "WO-1", "--json").out())
                .startsWith("{\"wo_id\":\"WO-1\"")
                .contains("\"output\":\"first line")
                .endsWith("}\n");
        assertThat(shell.run("order", "show", "nope"))
                .isEqualTo(new Ran(1, "", "steward: this node knows no order nope\n"));
    }

    @Test
    void an_order_is_changed_in_the_name_of_the_agent_that_runs_the_command() {
        ledger.put(FakeOrders.in(OrderState.DEAD, 1));
        assertThat(shell.with("STEWARD_AGENT", "cls").run("order", "retry", "WO-1"))
                .isEqualTo(new Ran(0, "WO-1  delivered\n", ""));
        assertThat(shell.run("order", "cancel", "WO-1", "--json"))
                .isEqualTo(new Ran(0, "{\"wo_id\":\"WO-1\",\"state\":\"dead\"}\n", ""));
        assertThat(ledger.changes)
                .containsExactly(new Change.Retry("cls"), new Change.Cancel(System.getProperty("user.name")));
    }

    @Test
    void who_cancels_may_say_why() {
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 1));
        assertThat(shell.with("STEWARD_AGENT", "cls")
                        .run("order", "cancel", "WO-1", "--reason", "wrong inbox")
                        .status())
                .isZero();
        assertThat(ledger.changes).containsExactly(new Change.Cancel("cls", "wrong inbox"));
    }

    @Test
    void who_forgets_a_word_is_told_which() {
        assertThat(shell.run("order", "S-1").err()).contains("Did you mean: steward order show S-1?\n");
        assertThat(shell.run("order", "shwo").err()).contains("Did you mean: order show?");
        assertThat(shell.run("orders", "dead").err()).contains("Did you mean: steward orders --state dead?\n");
    }

    @Test
    void what_cannot_be_changed_is_bad_news() {
        ledger.put(FakeOrders.in(OrderState.DONE, 1));
        assertThat(shell.run("order", "abandon", "WO-1", "--reason", "old"))
                .isEqualTo(new Ran(1, "", "steward: WO-1: it is done, so it can't be abandoned\n"));
        ledger.put(FakeOrders.in(OrderState.ABANDONED, 2));
        assertThat(shell.run("order", "abandon", "WO-2").err())
                .isEqualTo("steward: WO-2: it is abandoned already; nothing changed\n");
        assertThat(shell.run("order", "retry", "nope"))
                .isEqualTo(new Ran(1, "", "steward: this node knows no order nope\n"));
    }

    @Test
    void a_program_answers_for_itself_with_a_file_or_what_it_pipes_in() throws IOException {
        ledger.put(FakeOrders.in(OrderState.DELIVERED, 1));
        Files.writeString(home.resolve("report.txt"), "all sent\n");
        assertThat(shell.run("order", "done", "WO-1", "--result", "report.txt").status())
                .isZero();
        assertThat(result().output()).isEqualTo("all sent\n");
        assertThat(result().success()).isTrue();
        ledger.put(FakeOrders.in(OrderState.WORKING, 1));
        assertThat(shell.given("oh no").run("order", "fail", "WO-1", "--result", "-", "--reason", "no customer"))
                .isEqualTo(new Ran(0, "WO-1  dead\n", ""));
        assertThat(result().output()).isEqualTo("oh no");
        assertThat(result().reason()).isEqualTo("no customer");
        assertThat(result().success()).isFalse();
    }

    private Result result() {
        return ledger.rows.getFirst().result().orElseThrow();
    }

    @Test
    void trouble_of_the_bus_is_told_in_its_words() throws IOException {
        // What the daemon cannot open, the command tries itself.
        ledger.trouble = Optional.of(new BusException(BusException.Kind.UNUSABLE, "bus.db is damaged"));
        Files.writeString(home.resolve("bus.db"), "rubbish ".repeat(100));
        var ran = shell.run("orders");
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err()).contains("bus.db").doesNotContain("\tat ");
    }

    @Test
    void a_daemon_that_has_not_opened_its_orders_yet_keeps_nobody_from_seeing_them() {
        ledger.trouble = Optional.of(new BusException(BusException.Kind.UNAVAILABLE, "the daemon is just starting"));
        shell.run("init", "--force");
        assertThat(shell.given("x")
                        .run("drop", "--to", "CLC", "--title", "x", "--body", "-", "--id", "WO-1")
                        .status())
                .isZero();
        assertThat(shell.run("orders").out()).contains("WO-1  dropped");
        assertThat(shell.run("order", "cancel", "WO-1").out()).isEqualTo("WO-1  dead\n");
    }
}
