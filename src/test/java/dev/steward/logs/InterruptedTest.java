package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.config.LogRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others may have done to a rotation that was interrupted. */
class InterruptedTest {
    private static final String LINES = Workshop.lines(0, 400);
    private static final int SOMEBODY = 12_345;

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
    }

    @Test
    void a_file_of_somebody_else_in_a_shared_folder_is_none() throws Exception {
        assumeTrue(shop.owner() == 0, "root gives files away");
        new Stopped(shop, 0, LINES).first().owned(SOMEBODY);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setAttribute(folder, "unix:mode", 01777);

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(shop.names())
                .hasSize(2)
                .allMatch(name -> name.equals("app.log") || name.startsWith(".app.log.cut-"));
    }

    @Test
    void what_has_a_second_name_is_never_written_to() throws Exception {
        new Stopped(shop, 0, LINES).first();
        var hidden = folder.resolve(shop.names().getFirst());
        Files.writeString(hidden, "more than it owns", StandardOpenOption.APPEND);
        var secret = Files.createLink(folder.resolve("secret"), hidden);

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(Files.readString(secret)).endsWith("more than it owns");
    }

    @Test
    void nor_is_what_gets_a_second_name_as_soon_as_it_was_looked_at() throws Exception {
        new Stopped(shop, 0, LINES).first();
        var hidden = shop.names().getFirst();
        Files.createLink(folder.resolve("secret"), folder.resolve(hidden));

        assertThatThrownBy(() -> new LogFolder(shop.files, shop.log).openUpdate(hidden))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("replaced by somebody else");
    }

    @Test
    void what_was_written_after_a_copy_is_not_lost_when_the_log_is_cut_to_nothing_later() throws Exception {
        shop.rules = Workshop.rules(7, new LogRules.Strategy.CopyTruncate());
        new Stopped(shop, 0, LINES).truncateNoted();
        shop.append("after the kill\n");

        shop.rotate(Workshop.FORCED);

        assertThat(shop.streamWithoutBlanks()).isEqualTo(LINES + "after the kill\n");
        assertThat(Files.size(shop.log)).isZero();
    }

    @Test
    void a_new_log_that_still_has_its_first_name_is_not_taken_for_somebody_elses() throws Exception {
        shop.rules = Workshop.rules(7, new LogRules.Strategy.Rename(Optional.empty()));
        shop.append("new\n");
        Files.writeString(folder.resolve("app.log.1"), "old\n");
        Files.createFile(folder.resolve(".app.log.cut-renamed"));
        Files.createLink(folder.resolve(".app.log.cut-new"), shop.log);

        shop.rotated();

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2");
    }

    @Test
    void the_archive_of_a_log_that_was_deleted_is_published() throws Exception {
        new Stopped(shop, 0, LINES).collapsed();
        Files.delete(shop.log);

        assertThat(shop.rotate(Workshop.WHEN_DUE)).isInstanceOf(Rotator.Attempt.NotDue.class);

        assertThat(shop.names()).containsExactly("app.log.1");
        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(LINES);
    }

    @Test
    void the_archive_of_a_log_that_was_replaced_is_published_and_the_new_one_is_not_touched() throws Exception {
        new Stopped(shop, 0, LINES + "lost with the file").padNoted();
        Files.delete(shop.log);
        shop.append("    \nnew\n");

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
        assertThat(Files.readString(shop.log)).isEqualTo("    \nnew\n");
        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(LINES);
    }

    @Test
    void a_log_that_was_truncated_meanwhile_keeps_what_was_written_since() throws Exception {
        for (var step :
                List.<Step>of(new Step.Punch(8_192, 9_000), new Step.Collapse(8_192, 9_000), new Step.Pad(800))) {
            Files.deleteIfExists(shop.log);
            shop.append("new");
            var fresh = Workshop.lines(0, 400);
            Files.writeString(shop.log, fresh);
            try (var live = shop.files.update(shop.log)) {
                var hidden = new CutRecord(FileId.of(live.facts()), step, 9_000).nameFor("app.log");
                Files.writeString(folder.resolve(hidden), "o".repeat(8_999) + "\n");
            }

            shop.rotate(Workshop.WHEN_DUE);

            assertThat(Files.readString(shop.log)).as("%s", step).isEqualTo(fresh);
            assertThat(Files.size(folder.resolve("app.log.1"))).isEqualTo(9_000);
        }
    }

    @Test
    void a_rotation_that_stopped_amid_a_line_goes_on_in_the_same_archive() throws Exception {
        var half = 8_192;
        shop.append(LINES.substring(half) + "rest");
        try (var live = shop.files.update(shop.log)) {
            var record = new CutRecord(FileId.of(live.facts()), new Step.Open(), half);
            Files.writeString(folder.resolve(record.nameFor("app.log")), LINES.substring(0, half) + "not finished");
        }
        shop.append(" of it\n");

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(LINES + "rest of it\n");
        assertThat(shop.streamWithoutBlanks()).isEqualTo(LINES + "rest of it\n");
    }

    @Test
    void a_dry_run_says_that_it_is_unfinished_and_does_nothing() throws Exception {
        new Stopped(shop, 0, LINES).punched(100);
        var before = shop.names();

        var attempt = shop.rotate(Workshop.DRY);

        assertThat(attempt).isInstanceOf(Rotator.Attempt.Would.class);
        assertThat(shop.names()).isEqualTo(before);
    }
}
