package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditVerifier;
import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderState;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.cli.Ran.Shell;
import dev.steward.posix.Posix;
import dev.steward.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Orders are dropped, listed and changed on the ledger itself where no daemon runs. */
@Timeout(60)
class DropWithoutADaemonTest {
    @TempDir
    Path home;

    private Shell shell;

    @BeforeEach
    void make() throws IOException {
        home = home.toRealPath();
        Files.writeString(home.resolve("steward.yaml"), "orders: {max_body: 1MB}\n");
        Files.writeString(home.resolve("body.txt"), "hello\n");
        shell = Shell.at(home);
    }

    private Ran drop(String... more) {
        return drop(shell, more);
    }

    private static Ran drop(Shell shell, String... more) {
        var args = new ArrayList<>(List.of("drop", "--to", "CLC", "--title", "Hello", "--body", "body.txt"));
        args.addAll(List.of(more));
        return shell.run(args.toArray(String[]::new));
    }

    private static JsonNode json(Ran ran) {
        return JsonMapper.shared().readTree(ran.out());
    }

    @Test
    void it_prints_the_id_alone_and_says_that_the_order_waits() {
        var ran = drop();
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out()).matches("WO-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{10}\n");
        assertThat(ran.err())
                .isEqualTo("steward: the order waits here: no daemon runs on " + home
                        + "; start it: steward up --detach\n");
        assertThat(shell.run("orders", "--state", "dropped", "--json").out())
                .contains("\"wo_id\":\"" + ran.out().strip() + "\"")
                .contains(
                        "\"title\":\"Hello\"", "\"priority\":\"P3\"", "\"from\":\"" + System.getProperty("user.name"));
    }

    @Test
    void an_agent_drops_in_its_name_unless_it_says_another() {
        drop(shell.with("STEWARD_AGENT", "cls"), "--id", "WO-1", "--priority", "p0", "--tags", "a, b,,c");
        drop(shell.with("STEWARD_AGENT", "cls"), "--id", "WO-2", "--from", "Kim", "--tags", "x\"y,z", "--tags=w");
        assertThat(shell.run("order", "show", "WO-1").out()).containsSubsequence("from", "cls", "P0", "a,b,c");
        assertThat(shell.run("order", "show", "WO-2", "--json").out())
                .contains("\"from\":\"Kim\"", "\"tags\":\"x\\\"y,z,w\"");
    }

    @Test
    void the_same_order_twice_is_one_and_another_one_under_its_id_is_refused() throws IOException {
        assertThat(drop("--id", "WO-1").status()).isZero();
        var again = drop("--id", "WO-1");
        assertThat(again.status()).isZero();
        assertThat(again.out()).isEqualTo("WO-1\n");
        assertThat(again.err()).contains("WO-1 was dropped before, and is dropped");
        Files.writeString(home.resolve("body.txt"), "other\n");
        var other = drop("--id", "WO-1");
        assertThat(other.status()).isEqualTo(73);
        assertThat(other.out()).isEmpty();
        assertThat(other.err()).contains("WO-1 is the id of another order", "Nothing was dropped");
        assertThat(shell.run("orders", "--json").out().lines()).hasSize(1);
    }

    @Test
    void for_programs_it_prints_one_object_and_no_message() {
        var ran = drop("--id", "WO-1", "--json");
        assertThat(json(ran)).isEqualTo(JsonMapper.shared().readTree("""
                {"wo_id":"WO-1","to":"CLC","new":true,"state":"dropped",
                 "remark":"the order waits here: no daemon runs on %s; start it: steward up --detach",
                 "verdict":null,"order":null}
                """.formatted(home)));
        assertThat(ran.err()).isEmpty();
        assertThat(json(drop("--id", "WO-1", "--json")).get("new").asBoolean()).isFalse();
    }

    @Test
    void who_waits_in_vain_is_told_so_and_the_order_stays() {
        var slept = new ArrayList<Duration>();
        var ran = drop(shell.pausing(slept::add), "--id", "WO-1", "--wait", "--timeout", "2s");
        assertThat(ran.status()).isEqualTo(75);
        assertThat(ran.out()).isEqualTo("WO-1\n");
        assertThat(ran.err()).contains("WO-1 is dropped; nothing else came within 2 s. The order stays");
        assertThat(slept.stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(2));
        assertThat(shell.run("orders").out()).contains("WO-1");
    }

    @Test
    void who_waits_sees_what_somebody_else_does_to_it() {
        var abandoning = shell.pausing(_ -> shell.run("order", "abandon", "WO-1", "--reason", "too old"));
        var ran = drop(abandoning, "--id", "WO-1", "--wait=result", "--json");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(json(ran).get("verdict").asString()).isEqualTo("bad");
        assertThat(json(ran).get("state").asString()).isEqualTo("abandoned");
        assertThat(json(ran).get("order").get("reason").asString()).contains("too old");
    }

    @Test
    void a_body_that_cannot_be_read_or_is_too_large_drops_nothing() throws IOException {
        assertThat(drop("--body", "nowhere.txt").status()).isEqualTo(64);
        var missing = shell.run("drop", "--to", "CLC", "--title", "x", "--body", "nowhere.txt");
        assertThat(missing).isEqualTo(new Ran(66, "", "steward: --body: there is no file " + home + "/nowhere.txt\n"));
        Files.write(home.resolve("large"), new byte[1_000_001]);
        var large = shell.run("drop", "--to", "CLC", "--title", "x", "--body", "large");
        assertThat(large.status()).isEqualTo(64);
        assertThat(large.err()).contains("large").doesNotContain("\tat ");
        assertThat(shell.run("drop", "--to", "CLC", "--title", " ", "--body", "body.txt")
                        .status())
                .isEqualTo(64);
        assertThat(shell.run("orders").out()).isEmpty();
    }

    @Test
    void a_body_may_be_piped_in_also_an_empty_one() {
        assertThat(shell.given("from a pipe").run("drop", "--to", "CLC", "--title", "x", "--body", "-", "--id", "WO-1"))
                .extracting(Ran::status)
                .isEqualTo(0);
        assertThat(shell.run("order", "show", "WO-1", "--json").out()).contains("\"body_bytes\":11,");
        assertThat(shell.run("drop", "--to", "CLC", "--title", "x", "--body", "-")
                        .status())
                .isZero();
    }

    @Test
    void a_large_body_lies_in_the_spool_until_it_is_delivered() throws Exception {
        Files.write(home.resolve("large"), new byte[500_000]);
        assertThat(shell.run("drop", "--to", "CLC", "--title", "x", "--body", "large")
                        .status())
                .isZero();
        try (var spool = Files.list(home.resolve("spool"))) {
            assertThat(spool).hasSize(1);
        }
    }

    @Test
    void each_change_is_told_to_the_audit_trail_at_once() throws Exception {
        drop("--id", "WO-1");
        shell.run("order", "abandon", "WO-1", "--reason", "too old");
        shell.run("order", "retry", "WO-1");
        shell.run("order", "cancel", "WO-1");
        assertThat(AuditVerifier.verify(home.resolve("audit.jsonl"))).isInstanceOf(Verdict.Intact.class);
        assertThat(Files.readAllLines(home.resolve("audit.jsonl")).stream()
                        .map(line -> JsonMapper.shared().readTree(line))
                        .filter(record -> "WO-1".equals(record.path("wo_id").asString("")))
                        .map(record -> record.get("event").asString()))
                .containsExactly("wo_drop", "wo_abandoned", "wo_retry", "wo_cancelled");
        try (var ledger = Ledgers.open(home.resolve("bus.db"), InstantSource.system())) {
            assertThat(ledger.owed(10)).isEmpty();
        }
    }

    @Test
    void an_audit_trail_that_cannot_be_written_is_told_later() throws Exception {
        Files.createDirectory(home.resolve("audit.jsonl"));
        var ran = drop("--id", "WO-1");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).isEqualTo("WO-1\n");
        assertThat(ran.err()).contains("the audit trail is told of this later: ");
        Files.delete(home.resolve("audit.jsonl"));
        drop("--id", "WO-2");
        assertThat(home.resolve("audit.jsonl")).content().containsSubsequence("WO-1", "WO-2");
    }

    @Test
    void a_daemon_that_hangs_while_it_tells_the_audit_trail_keeps_no_command() throws Exception {
        drop("--id", "WO-1");
        var slept = new ArrayList<Duration>();
        try (var _ = Posix.locksOnly().tryLock(home.resolve("run/carrier.lock")).orElseThrow()) {
            assertThat(drop(shell.pausing(slept::add), "--id", "WO-2").err())
                    .contains("the audit trail is told of this later: somebody else holds ");
        }
        assertThat(slept).hasSize(40);
    }

    @Test
    void with_redis_configured_the_order_waits_to_be_sent() throws Exception {
        Files.writeString(
                home.resolve("steward.yaml"),
                "bus: {redis: {url: 'redis://127.0.0.1:1', password: '${env:NO_SUCH}'}}\n");
        var ran = drop("--id", "WO-1");
        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("the order waits here to be sent over Redis: no daemon runs on");
        try (var ledger = Ledgers.openLinked(home.resolve("bus.db"), InstantSource.system())) {
            assertThat(ledger.outgoing(10)).hasSize(1);
            assertThat(ledger.orders(OrderQuery.in(Set.of(OrderState.DROPPED), 10)))
                    .hasSize(1);
        }
    }

    @Test
    void a_home_without_orders_says_so() {
        for (var command : new String[] {"orders", "order show WO-1", "order retry WO-1", "order done WO-1"}) {
            assertThat(shell.run(command.split(" ")))
                    .isEqualTo(new Ran(69, "", "steward: no order was ever dropped or received here\n"));
        }
        assertThat(home.resolve("bus.db")).doesNotExist();
    }

    @Test
    void what_is_no_configuration_drops_nothing() throws IOException {
        Files.writeString(home.resolve("steward.yaml"), "nodde: x\n");
        assertThat(drop().status()).isEqualTo(78);
        assertThat(home.resolve("bus.db")).doesNotExist();
    }

    @Test
    void a_damaged_bus_is_left_as_it_is() throws IOException {
        Files.writeString(home.resolve("bus.db"), "rubbish ".repeat(100));
        var ran = drop();
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err()).contains("bus.db").doesNotContain("\tat ");
        assertThat(home.resolve("bus.db")).hasContent("rubbish ".repeat(100));
        assertThat(shell.run("orders").status()).isEqualTo(69);
    }

    @Test
    void a_full_disk_takes_no_order_and_leaves_nothing_behind() throws IOException {
        // SQLite's library is loaded from elsewhere, else that disk can't be unmounted.
        assertThat(drop().status()).isZero();
        try (var disk = SmallDisk.mount(home, 4_000)) {
            var full = Shell.at(disk.folder());
            Files.copy(home.resolve("steward.yaml"), disk.folder().resolve("steward.yaml"));
            Files.copy(home.resolve("body.txt"), disk.folder().resolve("body.txt"));
            Files.write(home.resolve("large"), new byte[900_000]);
            assertThat(drop(full, "--id", "WO-1").status()).isZero();
            var filler = disk.fill();
            for (var body : List.of("body.txt", home.resolve("large").toString())) {
                var ran = full.run("drop", "--to", "CLC", "--title", "x", "--body", body);
                assertThat(ran.status()).as(ran.err()).isEqualTo(73);
                assertThat(ran.out()).isEmpty();
                assertThat(ran.err()).doesNotContain("\tat ");
            }
            assertThat(spooled(disk.folder())).isZero();
            Files.delete(filler);
            assertThat(drop(full, "--id", "WO-2").status()).isZero();
            assertThat(full.run("orders", "--json").out().lines()).hasSize(2);
        }
    }

    private static long spooled(Path home) throws IOException {
        if (!Files.isDirectory(home.resolve("spool"))) {
            return 0;
        }
        try (var files = Files.list(home.resolve("spool"))) {
            return files.count();
        }
    }
}
