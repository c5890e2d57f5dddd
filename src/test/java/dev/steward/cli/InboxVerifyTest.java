package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.cli.Ran.Shell;
import dev.steward.orders.InboxName;
import dev.steward.orders.Receiver;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks inboxes with orders in them that a receiver delivered. */
@Timeout(60)
class InboxVerifyTest {
    @TempDir
    Path home;

    private Shell shell;
    private Path inbox;

    @BeforeEach
    void deliver() throws Exception {
        home = home.toRealPath();
        inbox = home.resolve("bridge/inbox/CLC");
        shell = Shell.at(home);
        Files.writeString(home.resolve("steward.yaml"), "paths: {inbox: bridge/inbox}\n");
        for (var id : new String[] {"WO-1", "WO-2"}) {
            var dropped = shell.given("hello " + id)
                    .run("drop", "--to", "CLC", "--title", "Hello", "--body", "-", "--id", id);
            assertThat(dropped.status()).as(dropped.err()).isZero();
        }
        var clock = InstantSource.system();
        try (var ledger = Ledgers.open(home.resolve("bus.db"), clock);
                var bus = new EmbeddedBus(ledger);
                var _ = Receiver.start(
                        bus,
                        new Receiver.Inbox(new InboxName("CLC"), inbox),
                        new Receiver.Identity("clc", "studio", ""),
                        Receiver.Timing.usual(clock, System::nanoTime),
                        _ -> {})) {
            for (var id : new String[] {"WO-1", "WO-2"}) {
                Await.until(
                        id + " is delivered",
                        () -> ledger.order(id).orElseThrow().acknowledgement().isPresent());
            }
        }
    }

    private static void append(Path file) throws IOException {
        Files.writeString(file, "x", StandardOpenOption.APPEND);
    }

    private Path body(String id) {
        return inbox.resolve(id).resolve("body");
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    @Test
    void sound_orders_are_counted_and_the_inbox_is_named_in_any_case() {
        var all = shell.run("inbox", "verify");
        assertThat(all.status()).as(all.out() + all.err()).isZero();
        assertThat(all.out()).matches("CLC: 2 orders, [0-9.]+ k?B, all as their evidence says\n");
        assertThat(shell.run("inbox", "verify", "clc")).isEqualTo(all);
    }

    @Test
    void a_changed_byte_is_found_wherever_it_is() throws IOException {
        append(body("WO-1"));
        var ran = shell.run("inbox", "verify", "CLC");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("CLC/WO-1: body is not what its checksum says\nCLC: 2 orders, ")
                .endsWith(", 1 wrong\n");
        append(inbox.resolve("WO-2/evidence/manifest.json"));
        assertThat(shell.run("inbox", "verify").out()).contains("CLC/WO-1: ", "CLC/WO-2: ", ", 2 wrong\n");
    }

    @Test
    void wrong_checksums_of_a_sound_payload_are_not_blamed_on_a_checksum_of_their_own() throws IOException {
        var sums = inbox.resolve("WO-1/evidence/checksums.sha256");
        Files.writeString(sums, Files.readString(sums).replaceFirst("[0-9a-f]{64}(?=  body)", "0".repeat(64)));
        assertThat(shell.run("inbox", "verify", "CLC").out())
                .startsWith("CLC/WO-1: evidence/checksums.sha256 contradicts what lies there, and the manifest\n");
    }

    @Test
    void for_programs_each_order_is_an_object_in_a_line() throws IOException {
        Files.delete(body("WO-2"));
        Files.writeString(inbox.resolve("WO-1/notes.txt"), "a worker's");
        var ran = shell.run("inbox", "verify", "--json");
        assertThat(ran.status()).isEqualTo(1);
        var lines = ran.out().lines().map(InboxVerifyTest::json).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().get("wo_id").asString()).isEqualTo("WO-1");
        assertThat(lines.getFirst().get("inbox").asString()).isEqualTo("CLC");
        assertThat(lines.getFirst().get("sound").asBoolean()).isTrue();
        assertThat(kinds(lines.getFirst())).containsExactly("extra");
        assertThat(lines.getLast().get("sound").asBoolean()).isFalse();
        assertThat(kinds(lines.getLast())).contains("missing");
    }

    private static Iterable<String> kinds(JsonNode verdict) {
        return StreamSupport.stream(verdict.get("findings").spliterator(), false)
                .map(finding -> finding.get("kind").asString())
                .toList();
    }

    @Test
    void an_order_that_is_not_whole_is_bad_news() throws IOException {
        Files.writeString(Files.createDirectory(inbox.resolve("WO-3")).resolve("WO-3.yaml"), "wo_id: WO-3\n");
        var ran = shell.run("inbox", "verify", "CLC");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("CLC/WO-3: ", ", 1 wrong\n");
    }

    @Test
    void evidence_that_was_made_anew_is_seen_by_what_the_node_knows() throws Exception {
        var forging = """
                old=$(sha256sum body | cut -c1-64); printf x >> body; new=$(sha256sum body | cut -c1-64)
                sed -i -E "s/$old/$new/; s/(.body.: *)10/\\111/" evidence/manifest.json
                sha256sum WO-1.yaml body evidence/manifest.json > evidence/checksums.sha256
                """;
        var forged = new ProcessBuilder("/bin/sh", "-ec", forging)
                .directory(inbox.resolve("WO-1").toFile())
                .start()
                .waitFor();
        assertThat(forged).isZero();
        var ran = shell.run("inbox", "verify", "CLC");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("CLC/WO-1: body is not what its checksum says");
        Files.move(home.resolve("bus.db"), home.resolve("away.db"));
        var forgotten = shell.run("inbox", "verify", "CLC");
        assertThat(forgotten.status()).as(forgotten.out()).isZero();
    }

    @Test
    void an_inbox_that_is_not_there_is_said_and_no_inbox_at_all_is_well() {
        var ran = shell.run("inbox", "verify", "nope");
        assertThat(ran).isEqualTo(new Ran(69, "", "steward: there is no inbox " + home + "/bridge/inbox/nope\n"));
        assertThat(shell.run("inbox", "verify", "../CLC").status()).isEqualTo(64);
    }

    @Test
    void a_damaged_memory_is_no_clean_bill() throws IOException {
        for (var part : new String[] {"bus.db-wal", "bus.db-shm"}) {
            Files.deleteIfExists(home.resolve(part));
        }
        Files.writeString(home.resolve("bus.db"), "rubbish ".repeat(100));
        assertThat(shell.run("inbox", "verify", "CLC").status()).isEqualTo(69);
    }
}
