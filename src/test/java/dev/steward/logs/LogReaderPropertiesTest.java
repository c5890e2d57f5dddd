package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules.Strategy;
import dev.steward.logs.read.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever is done to a log by those who may, a reader sees the stream that was written. */
class LogReaderPropertiesTest {
    private Path folder = Path.of("");
    private Workshop shop = new Workshop(folder);
    private final StringBuilder written = new StringBuilder();
    private final List<String> notes = new ArrayList<>();

    @BeforeTry
    void create() throws IOException {
        folder = Files.createTempDirectory("read-");
        shop = new Workshop(folder);
        shop.rules = Workshop.rules(1_000, new Strategy.Cut());
        written.setLength(0);
        notes.clear();
    }

    @AfterTry
    void remove() throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private LogReader reader() {
        return LogReader.of(shop.log, new LogReader.Setting(InstantSource.system(), ZoneOffset.UTC, notes::add));
    }

    private String last(OptionalLong lines) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var reader = reader()) {
            reader.show(new LogReader.Wish(lines, Selection.all()), out);
            reader.finish();
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private void append(Random random) throws IOException {
        var text = new StringBuilder();
        for (var i = random.nextInt(4); i >= 0; i--) {
            text.append(random.nextInt(10))
                    .append(String.valueOf((char) ('a' + random.nextInt(3))).repeat(random.nextInt(10_000)));
            text.append(random.nextInt(8) > 0 ? "\n" : "");
        }
        shop.append(text.toString());
        written.append(text);
    }

    /** As compression does: a new file, which gets the time of the old one, and then its place. */
    private void compress(Random random) throws IOException {
        var plain = new ArrayList<Path>();
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().matches(".*\\.log\\.[0-9]+")).forEach(plain::add);
        }
        if (!plain.isEmpty()) {
            var file = plain.get(random.nextInt(plain.size()));
            var made = folder.resolve(".making");
            try (var out = new GZIPOutputStream(Files.newOutputStream(made))) {
                Files.copy(file, out);
            }
            Files.setLastModifiedTime(made, Files.getLastModifiedTime(file));
            Files.move(made, Path.of(file + ".gz"));
            Files.delete(file);
        }
    }

    /** One strategy a try: a log is rarely kept in two ways. */
    private void choose(Random random) {
        shop.rules = Workshop.rules(1_000, random.nextInt(4) == 0 ? new Strategy.CopyTruncate() : new Strategy.Cut());
    }

    /** Without showing megabytes of what differs. */
    private static void assertSame(String actual, String expected, String what) {
        var mismatch = Arrays.mismatch(actual.toCharArray(), expected.toCharArray());
        assertThat(mismatch)
                .as(() -> what + ": of " + actual.length() + " and " + expected.length() + ", there is "
                        + around(actual, mismatch) + " and not " + around(expected, mismatch))
                .isEqualTo(-1);
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 20));
    }

    @Property(tries = 60)
    void who_follows_sees_every_byte_once_and_in_order(@ForAll @LongRange(min = 0, max = 1L << 40) long seed)
            throws Exception {
        var random = new Random(seed);
        choose(random);
        var out = new ByteArrayOutputStream();
        try (var reader = reader()) {
            for (var i = 0; i < 60; i++) {
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> append(random);
                    case 3, 4 -> shop.rotate(Workshop.FORCED);
                    case 5 -> compress(random);
                    default -> reader.more();
                }
                if (i == 0) {
                    reader.show(new LogReader.Wish(OptionalLong.empty(), Selection.all()), out);
                }
            }
            reader.more();
        }
        assertThat(notes).isEmpty();
        assertSame(out.toString(StandardCharsets.UTF_8), written.toString(), "followed");
    }

    @Property(tries = 60)
    void the_last_lines_are_those_of_the_whole_stream(@ForAll @LongRange(min = 0, max = 1L << 40) long seed)
            throws Exception {
        var random = new Random(seed);
        choose(random);
        for (var i = 0; i < 30; i++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> shop.rotate(Workshop.FORCED);
                case 2 -> compress(random);
                default -> append(random);
            }
        }
        var whole = written.toString();
        assertSame(last(OptionalLong.empty()), whole, "all");
        for (var lines : new long[] {0, 1, 2, random.nextInt(5, 100), 100_000}) {
            assertSame(last(OptionalLong.of(lines)), lastLines(whole, lines), "the last " + lines);
        }
        assertThat(notes).isEmpty();
    }

    /** As tail(1). */
    private static String lastLines(String text, long lines) {
        var from = text.length();
        for (var left = lines; left > 0 && from > 0; left--) {
            from = text.lastIndexOf('\n', from - 2) + 1;
        }
        return text.substring(from);
    }

    @Property(tries = 40)
    void the_last_lines_that_match_are_those_of_the_whole_stream(@ForAll @LongRange(min = 0, max = 1L << 40) long seed)
            throws Exception {
        var random = new Random(seed);
        choose(random);
        for (var i = 0; i < 20; i++) {
            switch (random.nextInt(5)) {
                case 0 -> shop.rotate(Workshop.FORCED);
                case 1 -> compress(random);
                default -> append(random);
            }
        }
        var selection = new Selection(Optional.empty(), Optional.empty(), Optional.of(Pattern.compile("^[0-4]a")));
        var out = new ByteArrayOutputStream();
        try (var reader = reader()) {
            reader.show(new LogReader.Wish(OptionalLong.of(3), selection), out);
            reader.finish();
        }
        var matching = new StringBuilder();
        for (var line : written.toString().split("(?<=\n)", -1)) {
            matching.append(line.matches("(?s)[0-4]a.*") ? line : "");
        }
        assertSame(out.toString(StandardCharsets.UTF_8), lastLines(matching.toString(), 3), "matching");
    }
}
