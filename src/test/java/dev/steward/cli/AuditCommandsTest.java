package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.audit.AuditEvent;
import dev.steward.audit.AuditTrail;
import dev.steward.audit.Head;
import dev.steward.cli.Ran.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandsTest {
    @TempDir
    Path home;

    private Path file;
    private Shell shell;
    private Head head = new Head(0, "");

    @BeforeEach
    void record() throws Exception {
        file = home.resolve("audit.jsonl");
        shell = Shell.at(home);
        head = AuditTrail.open(file, () -> Instant.EPOCH, ZoneOffset.UTC, () -> () -> {})
                .append(List.of(
                        new AuditEvent("daemon_started", Map.of("version", "1")),
                        new AuditEvent("wo_drop", Map.of("wo_id", "WO-1")),
                        new AuditEvent("wo_drop", Map.of("wo_id", "WO-2")),
                        new AuditEvent("ack_received", Map.of("wo_id", "WO-1"))));
    }

    private String line(int number) throws IOException {
        return Files.readAllLines(file).get(number - 1);
    }

    private void append(String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void show_finds_a_record_by_its_number() throws Exception {
        assertThat(shell.run("audit", "show", "4"))
                .isEqualTo(new Ran(
                        0, """
                seq       4
                ts        1970-01-01T00:00:00.000000+00:00
                event     ack_received
                wo_id     WO-1
                prev      %s
                its hash  %s
                """.formatted(line(4).replaceAll(".*\"prev\":\"(\\w+)\".*", "$1"), head.hash()), ""));
        assertThat(shell.run("audit", "show", "4", "--json")).isEqualTo(new Ran(0, line(4) + "\n", ""));
    }

    @Test
    void show_finds_all_records_of_a_work_order() throws Exception {
        assertThat(shell.run("audit", "show", "WO-1", "--json").out()).isEqualTo(line(2) + "\n" + line(4) + "\n");
        assertThat(shell.run("audit", "show", "WO-1").out())
                .containsSubsequence("seq       2\n", "event     wo_drop\n", "\n\nseq       4\n")
                .doesNotContain("WO-2");
    }

    @Test
    void show_says_that_there_is_none() {
        assertThat(shell.run("audit", "show", "5"))
                .isEqualTo(new Ran(1, "", "steward: " + file + " has no record 5\n"));
        assertThat(shell.run("audit", "show", "WO-3"))
                .isEqualTo(new Ran(1, "", "steward: " + file + " has no record of WO-3\n"));
        assertThat(shell.run("audit", "show", "1", "nowhere.jsonl").status()).isEqualTo(69);
        assertThat(shell.run("audit", "show").status()).isEqualTo(64);
        assertThat(shell.run("audit").err()).contains("say tail, show or verify");
    }

    @Test
    void tail_follows_what_is_appended_until_it_is_interrupted() throws Exception {
        var round = new AtomicInteger();
        var ran = shell.pausing(_ -> {
                    switch (round.incrementAndGet()) {
                        case 1 -> append("fi");
                        case 2 -> append("ve\nsix\n");
                        default -> throw new InterruptedException("Ctrl-C");
                    }
                })
                .run("audit", "tail", "-n", "1", "-f");
        assertThat(ran.out()).isEqualTo(line(4) + "\nfive\nsix\n");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.status()).isEqualTo(130);
    }

    @Test
    void tail_says_that_another_file_is_in_its_place() {
        var round = new AtomicInteger();
        var ran = shell.pausing(_ -> {
                    switch (round.incrementAndGet()) {
                        case 1 -> moveAway();
                        case 2 -> append("one\n");
                        default -> throw new InterruptedException("Ctrl-C");
                    }
                })
                .run("audit", "tail", "-n", "0", "-f");
        assertThat(ran.out()).isEqualTo("one\n");
        assertThat(ran.err()).contains("became shorter, or is another one");
    }

    private void moveAway() {
        try {
            Files.move(file, home.resolve("elsewhere"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void verify_tells_the_head_and_what_is_not_part_of_the_chain() throws Exception {
        append("{\"seq\":5");
        assertThat(shell.run("audit", "verify"))
                .isEqualTo(new Ran(
                        0,
                        file + ": intact, 4 records, head " + head.hash()
                                + "\n8 bytes after the last newline: being written, or a write was interrupted\n",
                        ""));
    }

    @Test
    void verify_names_the_first_bad_line_and_what_is_wrong_with_it() throws Exception {
        Files.writeString(file, Files.readString(file).replace("\"WO-2\"", "\"WO-9\""));
        var ran = shell.run("audit", "verify", "audit.jsonl");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith(file + ": broken at line 3: its SHA-256 is ")
                .contains("it was changed");
    }

    @Test
    void verify_calls_nothing_intact_that_proves_nothing() throws Exception {
        Files.writeString(file, "old\n");
        assertThat(shell.run("audit", "verify").out()).contains(": 1 line, and no record");
        assertThat(shell.run("audit", "verify", "nowhere").out()).contains("there is no such file");
        assertThat(shell.run("audit", "verify", "nowhere").status()).isEqualTo(1);
        assertThat(shell.run("audit", "verify", home.toString()).status()).isEqualTo(69);
    }
}
