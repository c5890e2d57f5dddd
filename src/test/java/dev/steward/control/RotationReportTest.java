package dev.steward.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.logs.Outcome;
import dev.steward.logs.Outcome.Result;
import dev.steward.logs.Outcome.Way;
import dev.steward.logs.Wish;
import dev.steward.store.RotationChange.Meaning;
import dev.steward.testing.FakeNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RotationReportTest {
    private static final Path A = Path.of("/l/a.log");
    private final FakeNode node = new FakeNode(Path.of("/h"));

    private RotationReport report(Wish wish, Result... results) {
        var report = new RotationReport(wish, ZoneOffset.UTC);
        for (var result : results) {
            report.add(node.outcome("a.log", result, "because"));
        }
        return report;
    }

    private static Wish named() {
        return new Wish(List.of(A), false, false);
    }

    private static Wish all() {
        return new Wish(List.of(), false, false);
    }

    @Test
    void a_failure_is_bad_news_and_what_is_not_due_is_none() {
        assertThat(report(all(), Result.ROTATED, Result.FAILED).isWell()).isFalse();
        assertThat(report(named(), Result.NOT_DUE, Result.WOULD_ROTATE, Result.BUSY)
                        .isWell())
                .isTrue();
        assertThat(report(named(), Result.BUSY, Result.NOT_DUE).busy()).isEqualTo(1);
    }

    @Test
    void what_must_not_be_touched_is_bad_news_for_who_named_it() {
        assertThat(report(named(), Result.LEFT_ALONE).isWell()).isFalse();
        assertThat(report(all(), Result.LEFT_ALONE).isWell()).isTrue();
    }

    @Test
    void lines_that_may_be_lost_are_told_of() {
        var report = new RotationReport(all(), ZoneOffset.UTC);
        var lossy = new Outcome(
                A,
                Result.ROTATED,
                Optional.of(Way.COPY_TRUNCATE),
                999,
                Optional.of(Path.of("/l/a.log.1")),
                FakeNode.NOW,
                Duration.ofMillis(1_250),
                "");
        assertThat(report.add(lossy)).contains("\"lossy\":\"possible\"", "\"took_ms\":1250.000");
        assertThat(report.text()).isEqualTo("""
                        LOG       RESULT   WAY            BYTES  TOOK    NOTE
                        /l/a.log  rotated  copy-truncate  999 B  1.25 s  a.log.1; lossy: possible
                        """);
    }

    @Test
    void without_logs_there_is_no_table() {
        assertThat(report(all()).text()).isEmpty();
        assertThat(report(all()).isWell()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ROTATED, DONE",
        "NOT_DUE, NOT_NEEDED",
        "BUSY, UNDECIDED",
        "LEFT_ALONE, FAILED",
        "FAILED, FAILED",
    })
    void the_store_is_told_what_an_outcome_means(Result result, Meaning meaning) {
        var change = RotationChanges.of(node.outcome("a.log", result, "why")).orElseThrow();
        assertThat(change.meaning()).isEqualTo(meaning);
        assertThat(change.path()).isEqualTo("/h/logs/a.log");
        assertThat(change.last().result()).isEqualTo(result.word());
        assertThat(change.last().reason()).isEqualTo("why");
    }

    @Test
    void a_dry_run_is_not_remembered() {
        assertThat(RotationChanges.of(node.outcome("a.log", Result.WOULD_ROTATE, "")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "9949, 9.9 kB",
        "9950, 10 kB",
        "999499, 999 kB",
        "999500, 1.0 MB",
        "1234567, 1.2 MB",
        "340000000000, 340 GB",
        "9223372036854775807, 9223 PB"
    })
    void sizes_are_shown_in_a_few_digits(long bytes, String shown) {
        assertThat(Sizes.forPeople(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0 ms", "1234567, 1.2 ms", "120000000, 120 ms", "1250000000, 1.25 s", "125000000000, 2m05s"})
    void so_are_times(long nanos, String shown) {
        assertThat(Times.precise(Duration.ofNanos(nanos))).isEqualTo(shown);
    }

    @Test
    void names_that_differ_show_as_different_names() {
        assertThat(Plain.name("a b.log")).isEqualTo("a b.log");
        assertThat(Plain.name("a\nb\tc\rd\\n")).isEqualTo("a\\nb\\tc\\rd\\\\n");
        assertThat(Plain.name("\u001b[2J\u202e\uFFFDé")).isEqualTo("\\u001b[2J\\u202e\uFFFDé");
    }
}
