package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steward.config.LogRules.Strategy;
import dev.steward.testing.Await;
import dev.steward.testing.SmallDisk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else does something to a log or to its archives while it is rotated, or before. */
class MeddlingTest {
    private static final String LINES = Workshop.lines(0, 500);

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
    }

    @Test
    void a_log_that_is_deleted_while_it_is_rotated_is_archived() throws Exception {
        shop.append(LINES);
        shop.meanwhile = () -> Files.delete(shop.log);

        shop.outcome(Workshop.FORCED);

        shop.meanwhile = () -> {};
        shop.outcome(Workshop.FORCED);
        assertThat(shop.names()).containsExactly("app.log.1");
        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(LINES);
    }

    @Test
    void a_log_that_is_replaced_while_it_is_rotated_is_archived_and_the_new_one_is_not_touched() throws Exception {
        shop.append(LINES);
        shop.meanwhile = () -> {
            var fresh = Files.writeString(folder.resolve("fresh"), "new\n");
            Files.move(fresh, shop.log, StandardCopyOption.REPLACE_EXISTING);
        };

        shop.outcome(Workshop.FORCED);

        assertThat(Files.readString(shop.log)).isEqualTo("new\n");
        assertThat(shop.streamWithoutBlanks()).isEqualTo(LINES + "new\n");
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void a_log_that_is_truncated_while_it_is_rotated_keeps_what_comes_then() throws Exception {
        shop.append(LINES);
        shop.meanwhile = () -> Files.writeString(shop.log, "new\n");

        shop.outcome(Workshop.FORCED);
        shop.meanwhile = () -> {};
        shop.append("more\n");

        assertThat(shop.streamWithoutBlanks()).isEqualTo("new\nmore\n");
        assertThat(shop.names()).allMatch(name -> name.startsWith("app.log"));
    }

    @Test
    void a_log_that_was_truncated_between_rotations_loses_nothing_of_what_came_then() throws Exception {
        shop.append(LINES);
        shop.rotated();
        Files.writeString(shop.log, "");
        shop.append("    \nnew\n");
        shop.rotated();

        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo("    \nnew\n");
    }

    @Test
    void an_archive_that_appears_while_it_is_rotated_moves_on() throws Exception {
        shop.append(LINES);
        shop.meanwhile = () -> Files.writeString(folder.resolve("app.log.1"), "somebody's\n");

        shop.rotated();

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2");
        assertThat(shop.streamWithoutBlanks()).isEqualTo("somebody's\n" + LINES);
    }

    @Test
    void of_two_at_once_in_one_process_the_second_finds_it_busy() throws Exception {
        shop.append(LINES);
        var second = new Workshop(folder);
        var found = new ArrayList<Outcome.Result>();
        shop.meanwhile = () -> found.add(second.outcome(Workshop.FORCED).result());

        shop.rotated();

        assertThat(found).containsExactly(Outcome.Result.BUSY);
        assertThat(shop.streamWithoutBlanks()).isEqualTo(LINES);
    }

    @Test
    void of_two_processes_too() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/flock")), "flock is here");
        shop.append(LINES);
        var other = new ProcessBuilder("/usr/bin/flock", shop.log.toString(), "sleep", "30").start();
        try {
            Await.until("it is busy", () -> {
                shop.rules = Workshop.rules(7, new Strategy.Cut());
                return shop.outcome(Workshop.DRY).result() == Outcome.Result.BUSY;
            });
            assertThat(shop.outcome(Workshop.FORCED).reason()).isEqualTo("somebody else is rotating it");
            assertThat(shop.names()).containsExactly("app.log");
        } finally {
            other.descendants().forEach(ProcessHandle::destroyForcibly);
            other.destroyForcibly();
        }
    }

    @Test
    void archives_of_both_forms_move_on_together() throws Exception {
        shop.append(LINES);
        Files.writeString(folder.resolve("app.log.1"), "plain\n");
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write("compressed\n".getBytes(StandardCharsets.US_ASCII));
        }
        Files.write(folder.resolve("app.log.1.gz"), bytes.toByteArray());

        shop.rotated();

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2", "app.log.2.gz");
    }

    @Test
    void a_folder_or_a_link_in_the_place_of_an_archive_stops_it_and_is_told() throws Exception {
        shop.append(LINES);
        var archive = folder.resolve("app.log.1");
        Files.createDirectory(archive);
        var folderInPlace = shop.outcome(Workshop.FORCED);
        Files.delete(archive);
        Files.createSymbolicLink(archive, Files.writeString(folder.resolve("secret"), "secret\n"));
        var linkInPlace = shop.outcome(Workshop.FORCED);

        for (var outcome : List.of(folderInPlace, linkInPlace)) {
            assertThat(outcome.result()).isEqualTo(Outcome.Result.LEFT_ALONE);
            assertThat(outcome.reason()).contains(archive + " is no regular file. Move it away");
        }
        assertThat(Files.readString(shop.log)).isEqualTo(LINES);
        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "secret");
    }

    @Test
    void a_full_disk_is_told_and_leaves_the_log_as_it_is_and_nothing_hidden() throws Exception {
        try (var disk = SmallDisk.mount(folder, 400)) {
            shop = new Workshop(disk.folder());
            var expected = Workshop.lines(0, 1_000);
            shop.append(expected);
            var filler = disk.fill();

            for (var i = 0; i < 2; i++) {
                var outcome = shop.outcome(Workshop.FORCED);
                assertThat(outcome.result()).isEqualTo(Outcome.Result.FAILED);
                assertThat(outcome.reason()).containsIgnoringCase("no space").contains("free space");
            }
            assertThat(Files.readString(shop.log)).isEqualTo(expected);
            assertThat(shop.names()).containsExactly("app.log", "filler");

            Files.delete(filler);
            shop.rotated();
            assertThat(shop.streamWithoutBlanks()).isEqualTo(expected);
            assertThat(shop.names()).containsExactly("app.log", "app.log.1");
        }
    }

    @Test
    void a_disk_with_room_for_a_part_holds_the_stream_at_every_moment() throws Exception {
        try (var disk = SmallDisk.mount(folder, 400)) {
            shop = new Workshop(disk.folder());
            shop.rules = Workshop.rules(1_000, 7, 200_000, new Strategy.Cut());
            var lines = Workshop.lines(0, 3_500);
            shop.append(lines);
            var filler = folder.resolve("small-disk/filler");
            Files.write(filler, new byte[400 * 1_024 - (int) Files.size(shop.log) - 8 * 4_096]);

            for (var i = 0; i < 3; i++) {
                shop.outcome(Workshop.FORCED);
            }
            Files.delete(filler);
            shop.outcome(Workshop.FORCED);
            shop.append("more\n");
            shop.outcome(Workshop.FORCED);

            assertThat(shop.streamWithoutBlanks()).isEqualTo(lines + "more\n");
            assertThat(shop.names()).allMatch(name -> name.startsWith("app.log"));
        }
    }
}
