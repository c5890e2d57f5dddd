package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bus.Change;
import dev.steward.bus.Lifecycle;
import dev.steward.bus.OrderState;
import dev.steward.bus.Result;
import dev.steward.cli.CommandLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/orders.md} says of orders. */
@Timeout(60)
class OrdersDocTest {
    private static final String DOCUMENT = "docs/orders.md";
    private static final Result RESULT =
            new Result(true, "me", 1, Duration.ZERO, OptionalInt.empty(), "", "", Instant.EPOCH);

    @TempDir
    Path home;

    @Test
    void the_script_makes_an_order_that_is_what_its_evidence_says() throws Exception {
        var script = Files.writeString(
                home.resolve("by-hand.sh"),
                Document.of(DOCUMENT).blocks("sh by-hand").getFirst());
        var body = Files.writeString(home.resolve("report.txt"), "all is well\n");
        Files.writeString(home.resolve("steward.yaml"), "inboxes: {CLC: }\n");
        var inbox = Files.createDirectories(home.resolve("inbox/CLC"));

        var making = new ProcessBuilder("/bin/sh", "-eu", script.toString(), "inbox/CLC", "WO-1", body.toString())
                .directory(home.toFile())
                .inheritIO()
                .start();

        assertThat(making.waitFor()).isZero();
        try (var lies = Files.list(inbox)) {
            assertThat(lies).containsExactly(inbox.resolve("WO-1"));
        }
        var verified = CommandLines.run(
                home, Map.of("STEWARD_HOME", home.toString(), "PATH", "/usr/bin:/bin"), "inbox", "verify", "CLC");
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.out()).startsWith("CLC: 1 order, ").contains("all as their evidence says");
        var witness = new ProcessBuilder("sha256sum", "--quiet", "-c", "evidence/checksums.sha256")
                .directory(inbox.resolve("WO-1").toFile())
                .inheritIO()
                .start();
        assertThat(witness.waitFor()).isZero();
    }

    @Test
    void the_script_leaves_an_order_of_that_id_alone_and_takes_a_file_of_any_name() throws Exception {
        var script = Files.writeString(
                home.resolve("by-hand.sh"),
                Document.of(DOCUMENT).blocks("sh by-hand").getFirst());
        var body = Files.writeString(home.resolve("a \"b.txt"), "all is well\n");
        Files.writeString(home.resolve("steward.yaml"), "inboxes: {CLC: }\n");
        for (var status : new int[] {0, 73}) {
            var making = new ProcessBuilder("/bin/sh", "-eu", script.toString(), "inbox/CLC", "WO-1", body.toString())
                    .directory(home.toFile())
                    .start();
            assertThat(making.waitFor()).isEqualTo(status);
        }
        try (var lies = Files.list(home.resolve("inbox/CLC/WO-1"))) {
            assertThat(lies.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("WO-1.yaml", "body", "evidence");
        }
        var verified = CommandLines.run(
                home, Map.of("STEWARD_HOME", home.toString(), "PATH", "/usr/bin:/bin"), "inbox", "verify", "CLC");
        assertThat(verified.out()).startsWith("CLC: 1 order, ").contains("all as their evidence says");
    }

    @ParameterizedTest
    @CsvSource({"retry", "cancel", "abandon", "done", "fail"})
    void the_table_of_changes_by_hand_is_that_of_the_lifecycle(String verb) throws Exception {
        var rows = Document.of(DOCUMENT)
                .text()
                .lines()
                .filter(line -> line.matches("\\| `(retry|cancel|abandon|done|fail)` \\|.*"))
                .map(line -> line.split("\\|", -1))
                .toList();
        var said = rows.stream()
                .filter(row -> row[1].strip().equals("`" + verb + "`"))
                .findFirst()
                .orElseThrow();
        var states = said[2].strip().equals("the same") ? rows.get(rows.indexOf(said) - 1)[2] : said[2];
        var taken = Arrays.stream(OrderState.values())
                .filter(state -> Lifecycle.next(state, true, change(verb)) instanceof Lifecycle.Next.To)
                .map(OrderState::word)
                .toList();
        assertThat(List.of(states.strip().split(", ", -1))).containsExactlyInAnyOrderElementsOf(taken);
    }

    private static Change change(String verb) {
        return switch (verb) {
            case "retry" -> new Change.Retry("me");
            case "cancel" -> new Change.Cancel("me");
            case "abandon" -> new Change.Abandon("me", "");
            case "done" -> new Change.Done(RESULT);
            default -> new Change.Failed(RESULT, Optional.empty());
        };
    }
}
