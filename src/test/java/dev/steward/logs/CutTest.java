package dev.steward.logs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutTest {
    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
    }

    @Test
    void archives_hold_whole_lines_and_the_live_log_begins_with_one_blank_line_at_most() throws Exception {
        shop.append(Workshop.lines(0, 5_000) + "unfin");

        var rotated = shop.rotated();
        shop.append("ished\n" + Workshop.lines(5_000, 6_000));

        assertThat(rotated.way()).isEqualTo(Outcome.Way.CUT);
        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(Workshop.lines(0, 5_000));
        assertThat(new String(Files.readAllBytes(shop.log), ISO_8859_1)).matches("(?s) *\nunfinished\nline 5000 .*");
        assertThat(shop.streamWithoutBlanks())
                .isEqualTo(Workshop.lines(0, 5_000) + "unfinished\n" + Workshop.lines(5_000, 6_000));
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void the_blank_line_does_not_come_into_the_next_archive() throws Exception {
        var expected = new StringBuilder();
        for (var i = 0; i < 20; i++) {
            var more = Workshop.lines(i * 300, i * 300 + 300);
            shop.append(more);
            expected.append(more);
            shop.rules = Workshop.rules(100, new Strategy.Cut());
            shop.rotated();
        }

        assertThat(shop.streamWithoutBlanks()).isEqualTo(expected.toString());
        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(Workshop.lines(5_700, 6_000));
    }

    @Test
    void large_logs_are_cut_in_pieces_into_one_archive() throws Exception {
        shop.rules = Workshop.rules(1_000, 7, 8 << 20, new Strategy.Cut());
        var expected = Workshop.lines(0, 100_000);
        shop.append(expected + "rest");

        shop.rotated();

        assertThat(Files.readString(folder.resolve("app.log.1")).equals(expected))
                .isTrue();
        assertThat(shop.streamWithoutBlanks().equals(expected + "rest")).isTrue();
        assertThat(Files.size(shop.log)).isLessThan(8_192);
    }

    @Test
    void an_archive_that_does_not_stay_is_not_told_of_as_if_it_did() throws Exception {
        shop.rules = Workshop.rules(1_000, 7, 100_000, new Strategy.CopyTruncate());
        shop.append(Workshop.lines(0, 5_000));

        var rotated = shop.rotated();

        assertThat(rotated.archive()).isEmpty();
        assertThat(rotated.dropped()).isEqualTo(Workshop.lines(0, 5_000).length());
        assertThat(rotated.said()).contains("max_total");
    }

    @Test
    void what_there_was_no_room_for_is_told_in_bytes() throws Exception {
        shop.rules = Workshop.rules(1_000, 7, 100_000, new Strategy.Cut());
        shop.append(Workshop.lines(0, 5_000));

        var rotated = shop.rotated();

        assertThat(rotated.dropped()).isPositive();
        assertThat(rotated.dropped() + Files.size(folder.resolve("app.log.1")))
                .isEqualTo(Workshop.lines(0, 5_000).length());
    }
}
