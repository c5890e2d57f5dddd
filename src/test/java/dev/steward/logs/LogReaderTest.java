package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.config.LogRules.Strategy;
import dev.steward.logs.read.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may have become of a log since somebody looked. */
@Timeout(60)
class LogReaderTest {
    private static final LogReader.Wish ALL = new LogReader.Wish(OptionalLong.empty(), Selection.all());

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> notes = new ArrayList<>();
    private Workshop shop;
    private LogReader reader;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
        reader = LogReader.of(shop.log, new LogReader.Setting(InstantSource.system(), ZoneOffset.UTC, notes::add));
    }

    @AfterEach
    void close() throws IOException {
        reader.close();
    }

    private String shown() {
        var text = out.toString(StandardCharsets.ISO_8859_1);
        out.reset();
        return text;
    }

    private String all() throws IOException {
        reader.show(ALL, out);
        reader.finish();
        return shown();
    }

    private String more() throws IOException {
        reader.more();
        return shown();
    }

    @Test
    void a_log_that_is_not_there_yet_is_waited_for() throws IOException {
        assertThat(reader.exists()).isFalse();
        assertThat(all()).isEmpty();
        assertThat(more()).isEmpty();
        shop.append("one\n");
        assertThat(more()).isEqualTo("one\n");
        assertThat(reader.exists()).isTrue();
    }

    @Test
    void archives_alone_are_a_log_too() throws IOException {
        Files.writeString(folder.resolve("app.log.1"), "one\n");
        assertThat(reader.exists()).isTrue();
        assertThat(all()).isEqualTo("one\n");
        shop.append("two\n");
        assertThat(more()).isEqualTo("two\n");
    }

    @Test
    void what_is_named_alike_belongs_to_other_logs() throws IOException {
        shop.append("one\n");
        for (var name : List.of("app.log.", "app.log.0", "app.log.01", "app.log.1.bak", "app.log.x", "app.log2.1")) {
            Files.writeString(folder.resolve(name), "not this\n");
        }
        Files.createDirectory(folder.resolve("app.log.2"));
        assertThat(all()).isEqualTo("one\n");
    }

    @Test
    void a_renamed_log_is_read_to_its_end_before_the_new_one() throws Exception {
        shop.append("one\n");
        assertThat(all()).isEqualTo("one\n");
        shop.append("two\n");
        try (var late = Files.newOutputStream(shop.log, StandardOpenOption.APPEND)) {
            shop.rules = Workshop.rules(7, new Strategy.Rename(Optional.empty()));
            shop.rotated();
            assertThat(more()).isEqualTo("two\n");
            late.write("three\n".getBytes(StandardCharsets.UTF_8));
            assertThat(more()).isEqualTo("three\n");
            shop.append("four\n");
            assertThat(more()).isEqualTo("four\n");
            shop.rotated();
            shop.append("five\n");
            shop.rotated();
            shop.append("six\n");
            assertThat(more()).isEqualTo("five\nsix\n");
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void a_log_that_another_file_took_the_place_of_is_read_to_its_end_first() throws IOException {
        shop.append("one\n");
        assertThat(all()).isEqualTo("one\n");
        try (var late = Files.newOutputStream(shop.log, StandardOpenOption.APPEND)) {
            Files.delete(shop.log);
            late.write("two\n".getBytes(StandardCharsets.UTF_8));
            assertThat(more()).isEqualTo("two\n");
            shop.append("three\n");
            assertThat(more()).isEqualTo("three\n");
        }
        assertThat(notes).singleElement().asString().contains("app.log was replaced by another file");
    }

    @Test
    void a_log_that_somebody_truncated_is_read_from_its_beginning() throws IOException {
        shop.append("one\ntwo\n");
        assertThat(all()).isEqualTo("one\ntwo\n");
        Files.writeString(shop.log, "three\n");
        assertThat(more()).isEqualTo("three\n");
        Files.writeString(shop.log, "longer than it was before\n");
        assertThat(more()).isEqualTo("longer than it was before\n");
        assertThat(notes).hasSize(2).allMatch(note -> note.contains("was truncated"));
    }

    @Test
    void truncation_is_seen_by_who_skipped_all_even_if_the_log_is_longer_again() throws IOException {
        shop.append("one\n");
        reader.skipAll(out);
        Files.writeString(shop.log, "ready\nand on\n");
        assertThat(more()).isEqualTo("ready\nand on\n");
    }

    @Test
    void what_retention_removed_before_it_was_read_is_told_of() throws Exception {
        shop.rules = Workshop.rules(2, new Strategy.Cut());
        shop.append(Workshop.lines(0, 100));
        assertThat(all()).isEqualTo(Workshop.lines(0, 100));
        for (var i = 1; i < 6; i++) {
            shop.append(Workshop.lines(100 * i, 100 * i + 100));
            shop.rotated();
        }
        shop.append("end\n");
        assertThat(more()).isEqualTo(Workshop.lines(400, 600) + "end\n");
        assertThat(notes).singleElement().asString().contains("lines of", "retention removed");
    }

    @Test
    void what_is_kept_in_one_archive_is_followed_without_a_word() throws Exception {
        shop.rules = Workshop.rules(1, new Strategy.Cut());
        shop.append(Workshop.lines(0, 300));
        assertThat(all()).isEqualTo(Workshop.lines(0, 300));
        for (var i = 1; i < 10; i++) {
            shop.append(Workshop.lines(300 * i, 300 * i + 200));
            shop.rotated();
            shop.append(Workshop.lines(300 * i + 200, 300 * i + 300));
            assertThat(more()).isEqualTo(Workshop.lines(300 * i, 300 * i + 300));
        }
        assertThat(notes).isEmpty();
    }

    @Test
    void a_log_of_which_nothing_is_kept_goes_on_behind_what_was_read() throws Exception {
        shop.rules = Workshop.rules(0, new Strategy.Cut());
        shop.append(Workshop.lines(0, 1_000));
        assertThat(all()).isEqualTo(Workshop.lines(0, 1_000));
        shop.append("unfin");
        assertThat(more()).isEqualTo("unfin");
        shop.rotated();
        shop.append("ished\nend\n");
        assertThat(more()).isEqualTo("ished\nend\n");
        assertThat(notes).isEmpty();
    }

    @Test
    void the_hole_at_the_head_of_a_sparse_file_is_not_read_through() throws IOException {
        try (var file = new RandomAccessFile(shop.log.toFile(), "rw")) {
            file.seek(50L << 30);
            file.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(all()).isEqualTo("one\ntwo\n");
        shop.append("three\n");
        assertThat(more()).isEqualTo("three\n");
    }

    @Test
    void a_blank_line_is_left_out_only_where_a_cut_left_it() throws Exception {
        shop.append(Workshop.lines(0, 300));
        shop.rotated();
        assertThat(Files.readString(shop.log)).isBlank().isNotEmpty();
        shop.append("  \nend\n");
        assertThat(all()).isEqualTo(Workshop.lines(0, 300) + "  \nend\n");
        Files.writeString(shop.log, "  \nnew\n");
        assertThat(all()).isEqualTo(Workshop.lines(0, 300) + "  \nnew\n");
    }

    @Test
    void a_rotation_that_nobody_finishes_hides_nothing() throws Exception {
        shop.append(Workshop.lines(0, 500));
        try (var live = shop.files.update(shop.log)) {
            var facts = live.facts();
            var folderOfLog = new LogFolder(shop.files, shop.log);
            var piece = Piece.next(0, facts.size(), facts.size(), facts.blockSize(), Long.MAX_VALUE);
            var made = folder.resolve(
                    new CutRecord(FileId.of(facts), piece.firstStep(), piece.bytes()).nameFor(folderOfLog.name()));
            Files.copy(shop.log, made);
            shop.append("end\n");
            assertThat(all()).as("nothing is taken yet").isEqualTo(Workshop.lines(0, 500) + "end\n");

            live.punch(0, piece.cut());
            assertThat(all()).as("punched").isEqualTo(Workshop.lines(0, 500) + "end\n");

            var collapse = folder.resolve(
                    new CutRecord(FileId.of(facts), new Step.Collapse(piece.cut(), piece.end()), piece.bytes())
                            .nameFor(folderOfLog.name()));
            Files.move(made, collapse);
            assertThat(all()).as("to be collapsed").isEqualTo(Workshop.lines(0, 500) + "end\n");
        }
    }

    @Test
    void damaged_archives_are_told_of_and_passed() throws IOException {
        Files.writeString(folder.resolve("app.log.2.gz"), "no gzip");
        Files.writeString(folder.resolve("app.log.1"), "one\n");
        shop.append("two\n");
        assertThat(all()).isEqualTo("one\ntwo\n");
        assertThat(notes).singleElement().asString().contains("app.log.2.gz is damaged");
        assertThat(reader.isIncomplete()).isTrue();
    }

    @Test
    void archives_that_are_too_old_as_a_whole_are_not_opened() throws IOException {
        var old = Files.writeString(folder.resolve("app.log.1.gz"), "no gzip, and nobody looks");
        Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2025-10-01T00:00:00Z")));
        shop.append("2025-10-30T05:00:00Z one\n2025-10-30T06:00:00Z two\n");
        var since =
                new Selection(Optional.of(Instant.parse("2025-10-30T05:30:00Z")), Optional.empty(), Optional.empty());
        reader.show(new LogReader.Wish(OptionalLong.empty(), since), out);
        assertThat(shown()).isEqualTo("2025-10-30T06:00:00Z two\n");
        assertThat(notes).isEmpty();
    }

    @Test
    void a_fifo_is_no_log() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", shop.log.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> reader.show(ALL, out)).hasMessageContaining("is no regular file");
    }
}
