package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.config.LogRules.Strategy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where a file system cannot take the head out of a file: a tmpfs. */
class HolesTest {
    private static final Path SHARED = Path.of("/dev/shm");

    private Path folder = Path.of("");
    private Workshop shop = new Workshop(folder);

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Files.isDirectory(SHARED), "there is a tmpfs");
        folder = Files.createTempDirectory(SHARED, "holes-");
        shop = new Workshop(folder);
    }

    @AfterEach
    void remove() {
        if (!folder.toString().isEmpty()) {
            Workshop.remove(folder);
        }
    }

    @Test
    void rotations_one_after_the_other_lose_nothing_and_double_nothing() throws Exception {
        shop.rules = Workshop.rules(100, new Strategy.Cut());
        var expected = new StringBuilder();
        for (var i = 0; i < 30; i++) {
            var more = Workshop.lines(i * 50, i * 50 + i * i);
            shop.append(more + "be");
            expected.append(more).append("begun\n");

            if (i > 0) {
                assertThat(shop.rotated().way()).isEqualTo(Outcome.Way.PUNCH);
            }
            shop.append("gun\n");
        }
        assertThat(shop.streamWithoutBlanks()).isEqualTo(expected.toString());
    }

    @Test
    void the_head_that_is_smaller_than_a_page_does_not_come_into_the_next_archive() throws Exception {
        shop.append("first\n");
        shop.rotated();
        shop.append("second\n");

        shop.rotated();

        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo("second\n");
    }

    @Test
    void a_file_of_which_only_a_trial_says_that_it_can_be_cut_is_punched_and_goes_on_right() throws Exception {
        shop.rules = Workshop.rules(1, 7, 100_000, new Strategy.Cut());
        var lines = Workshop.lines(0, 1_000);
        shop.append(lines + "rest");

        try (var live = shop.files.update(shop.log)) {
            var opened = new Opened(new LogFolder(shop.files, shop.log), live, live.facts(), shop.rules, shop.now);
            new ByCutting(opened, new Ability.Collapses(4_096)).run(new Head(0, true));
        }

        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(lines);
        assertThat(shop.streamWithoutBlanks()).isEqualTo(lines + "rest");
    }

    @Test
    void a_hole_of_a_writer_that_does_not_append_is_not_taken_for_the_head() throws Exception {
        shop.append(Workshop.lines(0, 1_000));
        shop.rotated();
        var place = 20_000;
        try (var live = shop.files.update(shop.log)) {
            live.truncate(0);
            live.write(ByteBuffer.wrap(Workshop.lines(0, 1_000).getBytes(StandardCharsets.US_ASCII)), place);
        }

        assertThatThrownBy(() -> shop.rotate(Workshop.FORCED))
                .isInstanceOf(LeftAlone.class)
                .hasMessageContaining("without appending");
    }

    @Test
    void a_log_with_a_second_name_is_not_begun_anew() throws Exception {
        shop.append(Workshop.lines(0, 1_000));
        shop.rotated();
        shop.append("more\n");
        var other = Files.createLink(folder.resolve("other"), shop.log);

        assertThatThrownBy(() -> new Rotator(shop.files, shop.around(), shop.teller)
                        .renew(new Log(shop.log, shop.rules), shop.now))
                .isInstanceOf(LeftAlone.class);

        assertThat(Files.readString(other)).endsWith("more\n");
    }

    @Test
    void a_log_that_somebody_emptied_begins_anew() throws Exception {
        shop.append(Workshop.lines(0, 1_000));
        shop.rotated();
        Files.writeString(shop.log, "");
        assertThat(shop.rotate(Workshop.FORCED)).isInstanceOf(Rotator.Attempt.NotDue.class);
        shop.append(Workshop.lines(1_000, 1_001));

        shop.rotated();

        assertThat(shop.streamWithoutBlanks()).isEqualTo(Workshop.lines(0, 1_001));
    }
}
