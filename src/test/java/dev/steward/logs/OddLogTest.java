package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.DataSize;
import dev.steward.config.LogRules;
import dev.steward.config.LogRules.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that few would think of. */
class OddLogTest {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
    }

    private String reason(Wish wish) {
        var outcome = shop.outcome(wish);
        assertThat(outcome.result()).isEqualTo(Outcome.Result.NOT_DUE);
        return outcome.reason();
    }

    @Test
    void of_no_bytes() throws Exception {
        shop.append("");

        assertThat(reason(Workshop.FORCED)).isEqualTo("there is nothing in it");
        assertThat(reason(Workshop.DRY)).isEqualTo("there is nothing in it");
        assertThat(shop.names()).containsExactly("app.log");
    }

    @Test
    void of_one_unfinished_line() throws Exception {
        shop.rules = Workshop.rules(1, 7, 1_000_000, new Strategy.Cut());
        shop.append("unfinished");

        assertThat(reason(Workshop.WHEN_DUE)).contains("no whole line");
        assertThat(reason(Workshop.DRY)).contains("no whole line");
        assertThat(shop.names()).containsExactly("app.log");
    }

    @Test
    void of_one_line_that_is_longer_than_the_size() throws Exception {
        shop.rules = Workshop.rules(1_000, 7, 1_000_000, new Strategy.Cut());
        shop.append("x".repeat(50_000) + "\n");

        assertThat(shop.outcome(Workshop.WHEN_DUE).result()).isEqualTo(Outcome.Result.ROTATED);
        assertThat(shop.streamWithoutBlanks()).isEqualTo("x".repeat(50_000) + "\n");
    }

    @Test
    void of_a_line_that_grows_beyond_all_bounds() throws Exception {
        appendLong(65);
        var whole = shop.rotated();
        assertThat(whole.bytes()).isBetween(64L * MIB, 65L * MIB);
        // What is left of it waits for its end.
        assertThat(reason(Workshop.FORCED)).contains("no whole line");
        shop.append("\nnext\n");
        shop.rotated();

        assertThat(total()).isEqualTo(65L * MIB + "\nnext\n".length());
        assertThat(new String(Workshop.content(folder.resolve("app.log.1")), StandardCharsets.US_ASCII))
                .matches("x+\nnext\n");
    }

    @Test
    void of_a_very_long_line_that_has_its_end() throws Exception {
        appendLong(65);
        shop.append("\n");

        assertThat(shop.rotated().bytes()).isEqualTo(65L * MIB + 1);
        assertThat(total()).isEqualTo(65L * MIB + 1);
    }

    private void appendLong(int mebibytes) throws IOException {
        var block = new byte[MIB];
        Arrays.fill(block, (byte) 'x');
        try (var out = Files.newOutputStream(shop.log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (var i = 0; i < mebibytes; i++) {
                out.write(block);
            }
        }
    }

    private long total() throws IOException {
        var blank = Files.readString(shop.log).replaceAll("^ *\n", "").length();
        var sum = (long) blank;
        for (var archive : new LogFolder(shop.files, shop.log).archives().newestFirst()) {
            sum += Files.size(folder.resolve(archive.nameFor("app.log")));
        }
        return sum;
    }

    @Test
    void of_bytes_that_are_no_text() throws Exception {
        var bytes = new byte[300_000];
        new Random(1).nextBytes(bytes);
        // NULs in large numbers are content too, where they were written.
        Arrays.fill(bytes, 100_000, 150_000, (byte) 0);
        bytes[200_000] = '\n';
        Files.write(shop.log, bytes);

        shop.rotated();

        assertThat(Files.readAllBytes(folder.resolve("app.log.1"))).startsWith(Arrays.copyOf(bytes, 200_001));
        var live = Files.readAllBytes(shop.log);
        var archived = (int) Files.size(folder.resolve("app.log.1"));
        assertThat(live).endsWith(Arrays.copyOfRange(bytes, archived, bytes.length));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a b.log",
                "new\nline.log",
                "\n",
                "100%d%n.log",
                "-rf",
                "*",
                "$(id).log",
                "ä→.log",
                "app.log.1",
                "."
            })
    void of_any_name(String name) throws Exception {
        shop = new Workshop(folder, name.equals(".") ? ".hidden" : name);
        for (var i = 0; i < 3; i++) {
            shop.append(Workshop.lines(i * 100, i * 100 + 100));
            shop.rotated();
        }

        assertThat(shop.streamWithoutBlanks()).isEqualTo(Workshop.lines(0, 300));
        assertThat(shop.names()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {150, 170, 180, 200, 240, 250, 253, 255})
    void of_a_very_long_name(int length) throws Exception {
        shop = new Workshop(folder, "n".repeat(length));
        shop.append(Workshop.lines(0, 100));

        var outcome = shop.outcome(Workshop.FORCED);

        if (outcome.result() != Outcome.Result.ROTATED) {
            assertThat(outcome.result()).isEqualTo(Outcome.Result.LEFT_ALONE);
            assertThat(outcome.reason()).contains("name is too long");
            assertThat(length).isGreaterThan(170);
            assertThat(shop.names()).hasSize(1);
        }
        assertThat(shop.streamWithoutBlanks()).isEqualTo(Workshop.lines(0, 100));
    }

    @Test
    void of_which_nothing_is_kept() throws Exception {
        shop.rules = Workshop.rules(0, new Strategy.Cut());
        Files.writeString(folder.resolve("app.log.1"), "from before\n");
        shop.append(Workshop.lines(0, 1_000) + "rest");

        assertThat(shop.rotated().way()).isEqualTo(Outcome.Way.DISCARD);

        assertThat(shop.names()).containsExactly("app.log");
        assertThat(shop.streamWithoutBlanks()).isEqualTo("rest");
    }

    @Test
    void of_more_than_may_be_kept_in_total() throws Exception {
        shop.rules = Workshop.rules(1_000, 7, 20_000, new Strategy.Cut());
        Files.writeString(folder.resolve("app.log.1"), "from before\n");
        var lines = Workshop.lines(0, 5_000);
        shop.append(lines);

        var rotated = shop.rotated();

        assertThat(rotated.said()).contains("max_total is 20kB");
        var stream = shop.streamWithoutBlanks();
        assertThat(lines).endsWith(stream);
        assertThat(stream.length()).isBetween(5_000, 20_000);
        assertThat(stream).startsWith("line ");
    }

    @Test
    void of_a_time_when_the_clock_was_ahead() throws Exception {
        shop.rules = aged(Duration.ofDays(30));
        shop.now = Instant.parse("2027-01-01T00:00:00Z");
        shop.append("from the future\n");
        shop.rotated();
        shop.now = Instant.parse("2026-01-01T00:00:00Z");
        for (var i = 0; i < 3; i++) {
            shop.append("now " + i + "\n");
            shop.rotated();
        }

        assertThat(shop.streamWithoutBlanks()).isEqualTo("from the future\nnow 0\nnow 1\nnow 2\n");
        var times = new ArrayList<FileTime>();
        for (var i = 4; i > 0; i--) {
            times.add(Files.getLastModifiedTime(folder.resolve("app.log." + i)));
        }
        assertThat(times).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void of_archives_that_are_too_old() throws Exception {
        shop.rules = aged(Duration.ofDays(30));
        shop.append("live\n");
        for (var i = 1; i < 5; i++) {
            var archive = Files.writeString(folder.resolve("app.log." + i), "old " + i + "\n");
            Files.setLastModifiedTime(archive, FileTime.from(shop.now.minus(Duration.ofDays(13L * i))));
        }

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2");
    }

    private static LogRules aged(Duration age) {
        var keep = new LogRules.Keep(9, Optional.of(age), new DataSize(1_000_000));
        return new LogRules(
                new LogRules.Due(Optional.empty(), Optional.empty()),
                keep,
                false,
                new Strategy.Cut(),
                Optional.empty());
    }
}
