package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Change;
import dev.steward.bus.Presence;
import dev.steward.bus.Result;
import dev.steward.bus.Site;
import dev.steward.bus.WorkOrder;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledger;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.bus.local.KnownInboxes;
import dev.steward.bus.local.KnownSite;
import dev.steward.bus.remote.BusServer;
import dev.steward.bus.remote.BusSocket;
import dev.steward.cli.Ran.Shell;
import dev.steward.control.ControlServer;
import dev.steward.control.SocketPath;
import dev.steward.testing.Await;
import dev.steward.testing.FakeNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Orders are dropped over the daemon's sockets, and waited for there: no configuration and no database is needed for it. */
@Timeout(60)
class DropThroughTheDaemonTest {
    @TempDir
    Path home;

    private Shell shell;
    private Ledger ledger;
    private Bus bus;
    private ControlServer control;
    private BusServer server;
    private volatile Optional<Presence> presence = Optional.empty();
    private volatile Optional<BusException> trouble = Optional.empty();

    @BeforeEach
    void open() throws Exception {
        home = home.toRealPath();
        Files.writeString(home.resolve("body.txt"), "hello\n");
        shell = Shell.at(home);
        ledger = Ledgers.open(Files.createDirectory(home.resolve("db")).resolve("ledger"), InstantSource.system());
        bus = new EmbeddedBus(ledger);
        var node = new FakeNode(home);
        node.orders = () -> ledger;
        control = ControlServer.listen(SocketPath.prepare(home));
        control.serve(node.methods());
        server = BusServer.listen(BusSocket.of(home), new Moody(), site());
    }

    private Site site() {
        return new Site("studio", home.resolve("inbox"), home.resolve("spool"), 1_000_000);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        control.close();
        bus.close();
        ledger.close();
    }

    /** The bus, which can be away or refuse. */
    private final class Moody implements Bus {
        @Override
        public Accepted drop(WorkOrder order) throws BusException {
            if (trouble.isPresent()) {
                throw trouble.get();
            }
            return bus.drop(order);
        }

        @Override
        public Presence presence() throws BusException {
            return presence.isPresent() ? presence.get() : bus.presence();
        }

        @Override
        public Reception receive(String inbox) throws BusException {
            return bus.receive(inbox);
        }

        @Override
        public Listening listen(String from) throws BusException {
            return bus.listen(from);
        }

        @Override
        public void beat(Beat beat) throws BusException {
            bus.beat(beat);
        }

        @Override
        public void close() {}
    }

    private Ran drop(String... more) {
        var args = new ArrayList<>(List.of("drop", "--to", "CLC", "--title", "Hello", "--body", "body.txt"));
        args.addAll(List.of(more));
        return shell.run(args.toArray(String[]::new));
    }

    private void deliver() throws Exception {
        try (var reception = bus.receive("CLC")) {
            var order = reception.take(1, Duration.ofSeconds(20)).getFirst();
            var hash = order.body().sha256();
            reception.acknowledge(
                    order,
                    new Acknowledgement(
                            order.id(), "CLC", "clc", "studio", "", FakeNode.NOW, 12, order.sha256(), hash));
        }
    }

    @Test
    void an_inbox_that_nobody_receives_is_told() throws Exception {
        new KnownSite(site(), "embedded").keepIn(ledger);
        new KnownInboxes(List.of("CLS", "CLC")).keepIn(ledger);
        assertThat(drop("--id", "WO-1").err()).isEmpty();
        var typo = shell.run("drop", "--to", "CLCC", "--title", "x", "--body", "body.txt", "--id", "WO-2");
        assertThat(typo)
                .isEqualTo(new Ran(
                        0,
                        "WO-2\n",
                        "steward: nobody receives CLCC here; the order waits. Inboxes of this node: CLC, CLS."
                                + " Take it back: steward order cancel WO-2\n"));
        assertThat(shell.run("orders").out())
                .containsSubsequence("WO-2", "nobody receives CLCC here; the order waits\n", "WO-1")
                .doesNotContain("nobody receives CLC here");
        assertThat(shell.run("order", "show", "WO-2").out()).contains("  waits         nobody receives CLCC here; ");
        // Somebody whom the configuration does not speak of receives, or did.
        Files.createDirectories(home.resolve("inbox/clcc"));
        Files.createFile(home.resolve("inbox/clcc/.lock"));
        assertThat(shell.run("orders").out()).doesNotContain("nobody receives");
        assertThat(shell.run("order", "cancel", "WO-2").status()).isZero();
    }

    @Test
    void over_redis_another_node_may_receive_it() throws Exception {
        new KnownSite(site(), "redis").keepIn(ledger);
        new KnownInboxes(List.of()).keepIn(ledger);
        assertThat(drop("--id", "WO-1").err())
                .isEqualTo("steward: nobody receives CLC here; the order waits until another node receives it."
                        + " Take it back: steward order cancel WO-1\n");
    }

    @Test
    void what_is_no_name_of_an_inbox_is_refused_as_the_configuration_does() {
        var ran = shell.run("drop", "--to", "C LC", "--title", "x", "--body", "body.txt");
        assertThat(ran.status()).isEqualTo(64);
        assertThat(ran.err()).startsWith("steward: --to: 'C LC' is no name of an inbox: up to 64 letters, ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void it_prints_the_id_alone() throws BusException {
        var ran = drop("--id", "WO-1");
        assertThat(ran).isEqualTo(new Ran(0, "WO-1\n", ""));
        assertThat(ledger.order("WO-1")).isPresent();
        assertThat(home.resolve("bus.db")).doesNotExist();
    }

    @Test
    void the_same_order_again_is_told_as_such_and_another_one_is_refused() throws IOException {
        drop("--id", "WO-1");
        assertThat(drop("--id", "WO-1").err()).isEqualTo("steward: WO-1 was dropped before, and is dropped\n");
        Files.writeString(home.resolve("body.txt"), "other");
        assertThat(drop("--id", "WO-1").status()).isEqualTo(73);
    }

    @Test
    void who_waits_returns_when_the_receiver_has_acknowledged_it() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> drop("--id", "WO-1", "--wait"));
        deliver();
        assertThat(waiting.get())
                .isEqualTo(new Ran(0, "WO-1\n", "steward: WO-1 is acknowledged by clc on studio, after 12 ms\n"));
    }

    @Test
    void who_waits_for_the_result_returns_at_the_end() throws Exception {
        var waiting = CompletableFuture.supplyAsync(() -> drop("--id", "WO-1", "--wait=result", "--json"));
        deliver();
        var result = new Result(
                false, "clc", 1, Duration.ofMillis(5), OptionalInt.of(3), "exit status 3", "oh no", FakeNode.NOW);
        ledger.change("WO-1", new Change.Failed(result, Optional.empty()));
        var ran = waiting.get();
        assertThat(ran.status()).isEqualTo(1);
        var told = JsonMapper.shared().readTree(ran.out());
        assertThat(told.get("verdict").asString()).isEqualTo("bad");
        assertThat(told.get("order").get("state").asString()).isEqualTo("dead");
        assertThat(told.get("order").get("result").get("output").asString()).isEqualTo("oh no");
    }

    @Test
    void the_wait_ends_with_its_time() {
        var ran = drop("--id", "WO-1", "--wait", "--timeout", "0s");
        assertThat(ran.status()).isEqualTo(75);
        assertThat(ran.err()).contains("WO-1 is dropped; nothing else came within 0 s. The order stays");
    }

    @Test
    void with_the_bus_away_it_says_so_and_the_order_waits() {
        presence = Optional.of(new Presence.Away("redis", "redis at 127.0.0.1:6379 does not answer"));
        assertThat(drop("--id", "WO-1"))
                .isEqualTo(
                        new Ran(
                                0,
                                "WO-1\n",
                                "steward: the order waits here until the bus is back: redis at 127.0.0.1:6379 does not answer\n"));
    }

    @Test
    void trouble_of_the_bus_has_an_exit_status_of_its_own() {
        trouble = Optional.of(new BusException(BusException.Kind.FULL, "bus.db: no room on the disk"));
        assertThat(drop()).isEqualTo(new Ran(73, "", "steward: bus.db: no room on the disk\n"));
        trouble = Optional.of(new BusException(BusException.Kind.UNUSABLE, "bus.db is damaged"));
        assertThat(drop().status()).isEqualTo(69);
        trouble = Optional.of(new BusException(BusException.Kind.REFUSED, "that id is none"));
        assertThat(drop().status()).isEqualTo(64);
    }

    @Test
    void a_daemon_that_dies_just_then_keeps_no_order_from_being_dropped() throws Exception {
        try (var own = Ledgers.open(home.resolve("bus.db"), InstantSource.system())) {
            new KnownSite(site(), "embedded").keepIn(own);
        }
        trouble = Optional.of(new BusException(BusException.Kind.UNAVAILABLE, "the daemon went away"));
        assertThat(drop("--id", "WO-1").status()).isZero();
        try (var own = Ledgers.open(home.resolve("bus.db"), InstantSource.system())) {
            assertThat(own.order("WO-1")).isPresent();
        }
    }

    @Test
    void if_the_answer_is_lost_it_says_how_to_drop_it_again() {
        trouble = Optional.of(new BusException(BusException.Kind.UNAVAILABLE, "the daemon went away"));
        var lost = drop("--id", "WO-1");
        assertThat(lost.status()).isEqualTo(69);
        assertThat(lost.err())
                .endsWith(". Whether the order was taken is not known; drop it again with"
                        + " --id WO-1, which never makes two of one\n");
        assertThat(drop().err()).containsPattern("--id WO-[0-9]{8}-[0-9A-Z]{10},");
    }

    @Test
    void a_limit_of_the_node_holds() throws IOException {
        Files.write(home.resolve("large"), new byte[1_000_001]);
        assertThat(shell.run("drop", "--to", "CLC", "--title", "x", "--body", "large")
                        .status())
                .isEqualTo(64);
        Files.write(home.resolve("large"), new byte[1_000_000]);
        assertThat(shell.run("drop", "--to", "CLC", "--title", "x", "--body", "large")
                        .status())
                .isZero();
    }

    @Test
    void many_drop_at_once() throws Exception {
        var all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> drop("--id", "WO-" + i)))
                .toList();
        for (var each : all) {
            assertThat(each.get().status()).isZero();
        }
        Await.until(
                "all are there",
                () -> shell.run("orders", "--json").out().lines().count() == 8);
    }
}
