package dev.steward.agent;

import static dev.steward.bus.BusSamples.acknowledgement;
import static dev.steward.bus.BusSamples.order;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Accepted;
import dev.steward.bus.remote.BusSocket;
import dev.steward.bus.remote.RemoteBus;
import dev.steward.bus.remote.ServedLedger;
import dev.steward.orders.Draft;
import dev.steward.orders.Dropper;
import dev.steward.orders.InboxName;
import dev.steward.orders.Payload;
import dev.steward.orders.Priority;
import dev.steward.testing.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process, with a bus that comes and goes. */
@Timeout(60)
class ReferenceAgentTest {
    @TempDir
    Path home;

    private Path beat;

    @BeforeEach
    void name() {
        beat = home.resolve("beat.json");
    }

    @Test
    void without_a_daemon_it_beats_at_once_says_what_is_missing_and_stops_on_term() throws Exception {
        try (var agent = agent("1h")) {
            var ping = agent.line(1, " ping");
            assertThat(agent.lines().getFirst())
                    .matches("=== CLS agent boot \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d ===");
            assertThat(ping).contains("[FAIL] bus ping: no daemon runs on " + home);
            assertThat(beat).content().contains("\"iter\":1,", "\"pid\":" + agent.process.pid(), "\"bus\":\"away\"");
            assertThat(agent.stop()).isZero();
            assertThat(agent.lines()).hasSize(3).last().asString().endsWith(" [OK] stopped");
        }
    }

    @Test
    void it_is_connected_soon_after_the_daemon_is_and_away_at_once_when_that_is_gone() throws Exception {
        var daemon = daemon();
        try (var agent = agent("1h")) {
            assertThat(agent.line(1, "ping")).endsWith(" [OK] embedded ping");
            awaitBus("connected");
            daemon.cut();
            assertThat(agent.line(2, "ping")).contains("[FAIL] embedded ping: ");
            awaitBus("away");
            daemon.mend();
            var back = System.nanoTime();
            assertThat(agent.line(3, "ping")).endsWith(" [OK] embedded ping");
            awaitBus("connected");
            assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(2));
            assertThat(beat).content().contains("\"iter\":1,");
            assertThat(agent.stop()).isZero();
        }
        daemon.close();
    }

    @Test
    void a_daemon_that_lets_nobody_in_holds_up_no_beat_and_no_end() throws Exception {
        Files.createDirectories(home.resolve("run"));
        try (var hanging = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var agent = agent("200ms")) {
            hanging.bind(UnixDomainSocketAddress.of(BusSocket.of(home)));
            Await.until("it beats", () -> Files.exists(beat) && beat().contains("\"iter\":10,"));
            assertThat(agent.lines()).anyMatch(line -> line.contains("[FAIL] bus ping: no answer in 100 ms"));
            var begun = System.nanoTime();
            assertThat(agent.stop()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void it_tells_of_acknowledgements_and_catches_up_with_those_it_missed() throws Exception {
        var daemon = daemon();
        deliver(daemon, "WO-1");
        try (var agent = agent("1h")) {
            assertThat(agent.line(1, "[ACK]")).endsWith(" [ACK] WO-1 by CLC in 12 ms");
            deliver(daemon, "WO-2");
            assertThat(agent.line(2, "WO-2")).endsWith(" [ACK] WO-2 by CLC in 12 ms");
            daemon.cut();
            agent.line(2, "[FAIL]");
            daemon.mend();
            deliver(daemon, "WO-3");
            assertThat(agent.line(2, "WO-3")).endsWith(" [ACK] WO-3 by CLC in 12 ms");
        }
        try (var other = daemon.other().listen("CLS")) {
            Await.until(
                    "all is marked as heard", () -> other.hear(9, Duration.ZERO).isEmpty());
        }
        daemon.close();
    }

    @Test
    void it_receives_the_orders_of_its_inbox_and_goes_on_when_the_daemon_is_back() throws Exception {
        var daemon = daemon();
        try (var agent = new AgentProcess(home, "--name", "cls", "--inbox", "CLS", "--every", "1h")) {
            var first = drop(daemon, "first");
            assertThat(agent.line(1, "[OK] " + first)).endsWith(" [OK] " + first + " from cls: first");
            assertThat(agent.line(1, "[ACK]")).contains(" [ACK] " + first + " by CLS in ");
            assertThat(home.resolve("inbox/CLS").resolve(first)).isDirectoryContaining("glob:**" + first + ".yaml");
            daemon.cut();
            agent.line(2, "[FAIL] embedded ping");
            daemon.mend();
            var back = System.nanoTime();
            var second = drop(daemon, "second");
            agent.line(2, "[ACK] " + second);
            assertThat(Duration.ofNanos(System.nanoTime() - back))
                    .as("sooner than a receiver asks by itself after a while")
                    .isLessThan(Duration.ofSeconds(5));
            assertThat(agent.stop()).isZero();
        }
        daemon.close();
    }

    @Test
    void it_receives_what_its_node_has_although_the_bus_beyond_is_away() throws Exception {
        var daemon = daemon();
        daemon.cut();
        daemon.loseOthers();
        daemon.mend();
        try (var agent = new AgentProcess(home, "--name", "cls", "--inbox", "CLS", "--every", "1h")) {
            assertThat(agent.line(1, "ping")).endsWith(" [FAIL] redis ping: no server");
            var id = drop(daemon, "first");
            agent.line(1, "[ACK] " + id);
            assertThat(agent.stop()).isZero();
        }
        daemon.close();
    }

    @Test
    void while_an_inbox_cannot_be_written_it_says_so_once_and_beats_on() throws Exception {
        var daemon = daemon();
        Files.createFile(home.resolve("inbox"));
        try (var agent = new AgentProcess(home, "--name", "cls", "--inbox", "CLS", "--every", "100ms")) {
            agent.line(1, "the inbox cannot be received");
            var seen = agent.lines().size();
            agent.line(seen + 10, "[OK] embedded ping");
            assertThat(agent.lines()).filteredOn(line -> line.contains("inbox")).hasSize(1);
            Files.delete(home.resolve("inbox"));
            var id = drop(daemon, "late");
            agent.line(seen, "[ACK] " + id);
            assertThat(agent.stop()).isZero();
        }
        daemon.close();
    }

    private static String drop(ServedLedger daemon, String title) throws Exception {
        try (var bus = (RemoteBus) daemon.other()) {
            var ink = new Dropper.Ink(InstantSource.system(), ZoneId.systemDefault(), new Random());
            var draft = new Draft(
                    Optional.empty(), new InboxName("CLS"), new InboxName("cls"), Priority.P3, title, List.of());
            var accepted = new Dropper(bus, bus.site(), ink)
                    .drop(draft, Payload.stream(new ByteArrayInputStream(new byte[1000])));
            return ((Accepted.New) accepted).id();
        }
    }

    @Test
    void its_rehearsal_ends_by_itself() throws Exception {
        ReferenceAgent.rehearse();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("inbox-rehearsal"));
    }

    @Test
    void a_mistake_in_its_arguments_ends_it_with_64_and_no_stack_trace() throws Exception {
        try (var agent = new AgentProcess(home, "--name", "cls", "--inbox", "a/b")) {
            assertThat(agent.process.waitFor()).isEqualTo(64);
            assertThat(agent.lines())
                    .singleElement()
                    .asString()
                    .startsWith("steward agent: --inbox: the name 'a/b' contains a slash");
        }
    }

    private AgentProcess agent(String every) throws IOException {
        return new AgentProcess(home, "--name", "cls", "--heartbeat", beat.toString(), "--every", every);
    }

    private ServedLedger daemon() throws Exception {
        return new ServedLedger(home, RemoteBus::connect);
    }

    private static void deliver(ServedLedger daemon, String id) throws Exception {
        try (var bus = daemon.other()) {
            bus.drop(order(id, "CLC"));
            try (var reception = bus.receive("CLC")) {
                var taken = reception.take(1, Duration.ofSeconds(15)).getFirst();
                reception.acknowledge(taken, acknowledgement(taken));
            }
        }
    }

    private String beat() throws IOException {
        return Files.readString(beat);
    }

    private void awaitBus(String state) throws Exception {
        Await.until("a beat says " + state, () -> beat().contains("\"bus\":\"" + state + "\""));
    }
}
