package dev.steward.logs.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineFilterTest {
    private static final Instant NOW = Instant.parse("2025-10-30T12:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private LineFilter filter(Selection selection) {
        return new LineFilter(selection, new LineTimes(ZoneOffset.UTC), Wanted.into(out));
    }

    private String through(Selection selection, byte[] bytes) throws IOException {
        var filter = filter(selection);
        filter.accept(bytes, 0, bytes.length, NOW);
        filter.end(NOW);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private String through(Selection selection, String text) throws IOException {
        return through(selection, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Selection grep(String pattern) {
        return new Selection(Optional.empty(), Optional.empty(), Optional.of(Pattern.compile(pattern)));
    }

    private static Selection between(String since, String until) {
        return new Selection(
                Optional.of(since).map(Instant::parse), Optional.of(until).map(Instant::parse), Optional.empty());
    }

    @Test
    void lines_between_two_times_are_wanted_both_included() throws IOException {
        var log = """
                2025-10-30T05:00:00Z one
                2025-10-30T06:00:00Z two
                2025-10-30T07:00:00Z three
                2025-10-30T08:00:00Z four
                """;
        assertThat(through(between("2025-10-30T06:00:00Z", "2025-10-30T07:00:00Z"), log))
                .isEqualTo("2025-10-30T06:00:00Z two\n2025-10-30T07:00:00Z three\n");
    }

    @Test
    void a_stack_trace_goes_with_the_line_before() throws IOException {
        var log = """
                of before
                2025-10-30T05:00:00Z early
                \tat A.a(A.java:1)
                2025-10-30T06:30:00Z boom

                java.lang.IllegalStateException: 1761865045 things
                \tat B.b(B.java:1)
                2025-10-30T08:00:00Z late
                \tat C.c(C.java:1)
                """;
        assertThat(through(between("2025-10-30T06:00:00Z", "2025-10-30T07:00:00Z"), log))
                .isEqualTo("""
                        2025-10-30T06:30:00Z boom

                        java.lang.IllegalStateException: 1761865045 things
                        \tat B.b(B.java:1)
                        """);
    }

    @Test
    void without_any_time_nothing_is_between_two_times_until_one_is_supposed() throws IOException {
        var filter = filter(between("2025-10-30T06:00:00Z", "2025-10-30T13:00:00Z"));
        filter.accept("old\n".getBytes(StandardCharsets.UTF_8), 0, 4, NOW);
        filter.supposeTime(NOW);
        filter.accept("new\n".getBytes(StandardCharsets.UTF_8), 0, 4, NOW);
        assertThat(out).hasToString("new\n");
        var notes = new ArrayList<String>();
        filter.remark(notes::add, "x.log");
        assertThat(notes).singleElement().asString().contains("no line of x.log", "begins with a time");
    }

    @Test
    void a_pattern_is_looked_for_in_each_line_alone_and_without_its_ending() throws IOException {
        assertThat(through(grep("^a.*b$"), "ab\nba\na\nb\nacb\r\nxab\naxb")).isEqualTo("ab\nacb\r\naxb");
    }

    @Test
    void what_is_no_text_goes_through_byte_for_byte() throws IOException {
        var bytes = new byte[] {'x', (byte) 0xff, 0, (byte) 0xc3, '\r', '\n', 'y', '\n', 'x', (byte) 0xfe};
        assertThat(through(grep("^x"), bytes).getBytes(StandardCharsets.ISO_8859_1))
                .isEqualTo(new byte[] {'x', (byte) 0xff, 0, (byte) 0xc3, '\r', '\n', 'x', (byte) 0xfe});
    }

    @Test
    void the_first_64_kib_of_a_line_decide_and_all_of_it_comes() throws IOException {
        var filter = filter(grep("needle"));
        var line = new byte[100_000];
        Arrays.fill(line, (byte) '-');
        System.arraycopy("needle".getBytes(StandardCharsets.UTF_8), 0, line, 60_000, 6);
        for (var i = 0; i < 100; i++) {
            filter.accept(line, 0, line.length, NOW);
        }
        filter.accept("\n".getBytes(StandardCharsets.UTF_8), 0, 1, NOW);
        assertThat(out.size()).isEqualTo(10_000_001);

        var late = new byte[100_000];
        System.arraycopy("needle".getBytes(StandardCharsets.UTF_8), 0, late, 70_000, 6);
        filter.accept(late, 0, late.length, NOW);
        filter.end(NOW);
        assertThat(out.size()).isEqualTo(10_000_001);
    }

    @Test
    void a_pattern_that_would_take_years_ends_and_shows_the_line() {
        var filter = filter(grep("^(.*?,){25}P"));
        var line = ("1,".repeat(2_500) + "\nb\n").getBytes(StandardCharsets.UTF_8);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> filter.accept(line, 0, line.length, NOW));
        assertThat(filter.tooHard()).isEqualTo(1);
        assertThat(out.size()).isEqualTo(5_001);
    }

    @Test
    void a_pattern_that_goes_too_deep_ends_and_shows_the_line() throws IOException {
        var line = "ab".repeat(30_000) + "!\nb\n";
        var filter = filter(grep("^(a|b)*$"));
        filter.accept(line.getBytes(StandardCharsets.UTF_8), 0, line.length(), NOW);
        assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("b\n");
    }

    @Test
    void what_is_older_than_any_zone_could_explain_is_too_old() {
        var selection = between("2025-10-30T06:00:00Z", "2025-10-30T07:00:00Z");
        assertThat(selection.isTooOld(Instant.parse("2025-10-29T05:00:00Z"))).isFalse();
        assertThat(selection.isTooOld(Instant.parse("2025-10-29T03:59:59Z"))).isTrue();
        assertThat(selection.isTooNew(Instant.parse("2025-10-31T09:00:00Z"))).isFalse();
        assertThat(selection.isTooNew(Instant.parse("2025-10-31T09:00:01Z"))).isTrue();
    }

    @Property(tries = 300)
    void however_the_stream_is_cut_into_pieces_the_same_lines_come(
            @ForAll @StringLength(max = 200) String any, @ForAll @IntRange(min = 1, max = 20) int piece)
            throws IOException {
        var text = any.replace('b', '\n').replaceAll("[^a-z\n]", "a");
        var filter = filter(grep("a"));
        out.reset();
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (var at = 0; at < bytes.length; at += piece) {
            filter.accept(bytes, at, Math.min(piece, bytes.length - at), NOW);
        }
        filter.end(NOW);
        var expected = text.lines()
                .filter(line -> line.contains("a"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        text.endsWith("\n")
                                        || expected.isEmpty()
                                        || !text.substring(text.lastIndexOf('\n') + 1)
                                                .contains("a")
                                ? expected
                                : expected.substring(0, expected.length() - 1));
    }
}
