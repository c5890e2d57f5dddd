package dev.steward.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.Main;
import dev.steward.audit.AuditVerifier;
import dev.steward.bus.OrderQuery;
import dev.steward.bus.OrderRow;
import dev.steward.bus.OrderState;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.orders.InboxCheck;
import dev.steward.testing.Await;
import dev.steward.testing.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Droppers, the agent that receives, handlers, the daemon and Redis are killed at random moments: every order that a dropper was told is
 * accepted lies in its inbox once and is acknowledged once. {@code -Dsteward.seed} repeats a life, as far as the machine's timing lets it.
 */
@EnabledOnOs(OS.LINUX)
class OrdersKilledTest {
    private static final int FEW = Integer.getInteger("steward.rounds", 20);
    private static final int MANY = 200;
    private static final String OF_AGENT = "CLS";
    private static final String OF_WORKER = "CLC";
    private static final String HANDLER = """
            #!/bin/sh
            exec 9>>"$1.$STEWARD_ORDER_ID"
            flock -n 9 || { echo "$STEWARD_ORDER_ID" >>"$1.clash"; exit 1; }
            echo "$STEWARD_ORDER_ID" >>"$1"
            """;

    @TempDir
    Path folder;

    @Test
    void an_order_that_was_accepted_is_delivered_once_through_kills_of_everybody() throws Exception {
        live(FEW, Optional.empty());
    }

    @Test
    void so_it_is_over_redis() throws Exception {
        try (var redis = RedisServer.start(folder.resolve("redis"))) {
            live(FEW, Optional.of(redis));
        }
    }

    @Test
    @Tag("long")
    void so_it_is_through_two_hundred_kills() throws Exception {
        live(MANY, Optional.empty());
    }

    @Test
    @Tag("long")
    void so_it_is_through_two_hundred_kills_over_redis() throws Exception {
        try (var redis = RedisServer.start(folder.resolve("redis"))) {
            live(MANY, Optional.of(redis));
        }
    }

    /** An argument of the agent's. */
    static Path beat(Path home) {
        return home.resolve("beat.json");
    }

    /** An argument of every handler's, and where they write whom they handled. */
    static Path handled(Path home) {
        return home.resolve("handled");
    }

    private void live(int rounds, Optional<RedisServer> redis) throws Exception {
        var seed = Long.getLong("steward.seed", RandomGenerator.getDefault().nextLong());
        try {
            live(rounds, redis, new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with -Dsteward.seed=" + seed, e);
        }
    }

    private void live(int rounds, Optional<RedisServer> redis, Random random) throws Exception {
        try (var node = new LiveNode(folder.resolve("home"))) {
            configure(node, redis);
            node.up();
            Map<String, String> accepted;
            try (var fire = new Fire(node, redis, List.of(OF_AGENT, OF_WORKER), random)) {
                for (var round = 0; round < rounds; round++) {
                    fire.round();
                }
                fire.rest();
                accepted = fire.accepted();
            }
            assertThat(accepted).as("accepted under fire").isNotEmpty();
            settle(node, accepted);
            check(node.home, accepted);
        }
    }

    private static void configure(LiveNode node, Optional<RedisServer> redis) throws IOException {
        var script = Files.writeString(node.home.resolve("handle.sh"), HANDLER);
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var agent = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx48m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "agent",
                "--name",
                "cls",
                "--inbox",
                OF_AGENT,
                "--heartbeat",
                beat(node.home).toString());
        var json = JsonMapper.shared();
        node.configure("""
                bus: %s
                agents:
                  cls: {command: %s, heartbeat: {via: file, path: beat.json, every: 10s}}
                inboxes: {%s: {}}
                workers:
                  w: {inbox: %s, command: %s, concurrency: 4, retries: 100, backoff: {first: 10ms, max: 100ms}}
                """.formatted(
                redis.map(server -> "redis://127.0.0.1:" + server.port()).orElse("embedded"),
                json.writeValueAsString(agent),
                OF_WORKER,
                OF_WORKER,
                json.writeValueAsString(
                        List.of("/bin/sh", script.toString(), handled(node.home).toString()))));
    }

    /** Waits until nothing is left to do, as long as there is progress. */
    private static void settle(LiveNode node, Map<String, String> accepted) throws Exception {
        if (!node.lives()) {
            node.start();
        }
        node.awaitReady();
        try (var ledger = Ledgers.open(node.home.resolve("bus.db"), InstantSource.system())) {
            var open = EnumSet.of(OrderState.DROPPED, OrderState.WORKING, OrderState.FAILED);
            for (var left = accepted.size() + 1; left > 0; ) {
                var before = left;
                var now = new ArrayList<Integer>();
                patiently("one of " + before + " orders is settled", () -> {
                    var rows = ledger.orders(OrderQuery.in(open, Integer.MAX_VALUE))
                                    .size()
                            + toBeWorked(
                                    ledger.orders(OrderQuery.in(EnumSet.of(OrderState.DELIVERED), Integer.MAX_VALUE)));
                    now.clear();
                    now.add(rows);
                    return rows < before;
                });
                left = now.getFirst();
            }
            Await.until(
                    "all acknowledgements are heard",
                    () -> ledger.unheard(OF_AGENT, 1).isEmpty());
            Await.until("all is recorded", () -> ledger.owed(1).isEmpty());
        }
    }

    /** What a broken link to Redis had in hand is taken over after a minute. */
    private static void patiently(String what, Callable<Boolean> condition) throws Exception {
        for (var left = 4; left > 0; left--) {
            try {
                Await.until(what, condition);
                return;
            } catch (AssertionError e) {
                if (left == 1) {
                    throw e;
                }
            }
        }
    }

    private static int toBeWorked(List<OrderRow> delivered) {
        return (int) delivered.stream()
                .filter(row -> row.heading().inbox().equals(OF_WORKER.toLowerCase(Locale.ROOT)))
                .count();
    }

    private static void check(Path home, Map<String, String> accepted) throws Exception {
        for (var inbox : List.of(OF_AGENT, OF_WORKER)) {
            var place = home.resolve("inbox").resolve(inbox);
            var mine = accepted.entrySet().stream()
                    .filter(each -> each.getValue().equals(inbox))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(names(place)).as("orders in %s", inbox).containsAll(mine);
            InboxCheck.check(
                    place,
                    _ -> Optional.empty(),
                    verdict -> assertThat(verdict.findings()).as(verdict.name()).isEmpty());
            assertThat(names(place.resolve(".arriving"))).isEmpty();
            assertThat(place.resolve(".quarantine")).doesNotExist();
        }
        assertThat(AuditVerifier.verify(home.resolve("audit.jsonl"))).isInstanceOf(AuditVerifier.Verdict.Intact.class);
        var events = events(home.resolve("audit.jsonl"));
        for (var event : List.of("wo_drop", "wo_delivered", "ack_received")) {
            var times = events.getOrDefault(event, Map.of());
            assertThat(times).as(event).containsKeys(accepted.keySet().toArray(String[]::new));
            assertThat(times.values()).as("each %s once", event).containsOnly(1);
        }
        assertThat(home.resolve("handled.clash")).doesNotExist();
        assertThat(Files.readAllLines(handled(home)))
                .containsAll(accepted.entrySet().stream()
                        .filter(each -> each.getValue().equals(OF_WORKER))
                        .map(Map.Entry::getKey)
                        .toList());
    }

    private static List<String> names(Path place) throws IOException {
        try (var all = Files.list(place)) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    /** How often the audit trail has each event of each order. */
    private static Map<String, Map<String, Integer>> events(Path trail) throws IOException {
        var events = new HashMap<String, Map<String, Integer>>();
        for (var line : Files.readAllLines(trail)) {
            var record = JsonMapper.shared().readTree(line);
            if (record.has("wo_id")) {
                events.computeIfAbsent(record.get("event").asString(), _ -> new HashMap<>())
                        .merge(record.get("wo_id").asString(), 1, Integer::sum);
            }
        }
        return events;
    }
}
