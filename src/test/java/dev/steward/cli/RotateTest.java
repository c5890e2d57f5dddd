package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.Ran.Shell;
import dev.steward.posix.Posix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code steward rotate} with real logs, and no daemon. */
@Timeout(60)
class RotateTest {
    private static final String LINES =
            IntStream.range(0, 20_000).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());

    @TempDir
    Path home;

    private Shell shell;

    @BeforeEach
    void make() throws IOException {
        home = home.toRealPath();
        shell = Shell.at(home);
        Files.createDirectories(home.resolve("g"));
        Files.writeString(home.resolve("steward.yaml"), """
                agents:
                  cls: {command: [/bin/sleep, "1000"], log: out/cls.log}
                logs:
                  files:
                    - {path: "g/*.log", rotate_above: 100kB}
                """);
    }

    private Path log(String name, String text) throws IOException {
        return Files.writeString(home.resolve("g").resolve(name), text);
    }

    private static String unpacked(Path archive) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(archive))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_is_due_is_archived_and_nothing_is_lost() throws IOException {
        var large = log("large.log", LINES);
        log("small.log", "one line\n");

        var ran = shell.run("rotate");

        assertThat(ran.status()).as(ran.err()).isZero();
        assertThat(ran.out())
                .containsPattern("large\\.log +rotated +(cut|punch) .* large\\.log\\.1\\.gz\n")
                .containsPattern("small\\.log +not-due +- +- +- +neither large nor old enough\n");
        assertThat(unpacked(home.resolve("g/large.log.1.gz"))).isEqualTo(LINES);
        assertThat(Files.readString(large).replace("\0", "")).isBlank();
    }

    @Test
    void a_dry_run_touches_nothing() throws IOException {
        var large = log("large.log", LINES);
        var ran = shell.run("rotate", "g/large.log", "--dry-run");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("would-rotate", "209 kB");
        assertThat(large).hasContent(LINES);
        try (var files = Files.list(home.resolve("g"))) {
            assertThat(files).containsExactly(large);
        }
    }

    @Test
    void names_travel_exactly_for_programs_and_are_escaped_for_people() throws IOException {
        var log = log("new\nline \u001b[2J\\.log", LINES);
        assertThat(shell.run("rotate", "--dry-run").out())
                .contains("new\\nline \\u001b[2J\\\\.log")
                .doesNotContain("\u001b");
        var told = shell.run("rotate", log.toString(), "--json");
        assertThat(told.status()).as(told.err()).isZero();
        var outcome = JsonMapper.shared().readTree(told.out());
        assertThat(outcome.get("log").asString()).isEqualTo(log.toString());
        assertThat(unpacked(Path.of(outcome.get("archive").asString()))).isEqualTo(LINES);
    }

    @Test
    void of_two_at_once_the_second_is_told_that_the_log_is_busy() throws IOException {
        var log = log("large.log", LINES);
        try (var _ = Posix.locksOnly().tryLock(log).orElseThrow()) {
            var ran = shell.run("rotate", "g/large.log");
            assertThat(ran.status()).isEqualTo(75);
            assertThat(ran.out()).contains("busy");
        }
        assertThat(shell.run("rotate", "g/large.log").status()).isZero();
    }

    @Test
    void one_that_must_not_be_touched_says_why() throws IOException {
        Files.createSymbolicLink(home.resolve("g/link.log"), log("large.txt", LINES));
        var ran = shell.run("rotate", "g/link.log");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.out()).contains("left-alone", "it is a symbolic link");
        assertThat(home.resolve("g/large.txt")).hasContent(LINES);
    }
}
