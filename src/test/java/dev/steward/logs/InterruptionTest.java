package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A rotation that stops at each of its moments, and what the next one makes of it. */
class InterruptionTest {
    private static final int BLOCK = 4096;
    private static final String UNFINISHED = "unfinished";

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() {
        shop = new Workshop(folder);
    }

    /** How far the rotation came: so many steps, and perhaps the next one without being recorded. */
    private record Moment(int lines, int steps, boolean unrecorded, String meanwhile) {
        @Override
        public String toString() {
            return lines + "_lines_" + steps + "_steps" + (unrecorded ? "_and_one_unrecorded" : "")
                    + (meanwhile.isEmpty() ? "" : "_and_a_writer");
        }
    }

    @TestFactory
    Stream<DynamicTest> whoever_is_killed_loses_and_doubles_nothing() {
        // Less than a block, some blocks, and lines of 64 bytes that end with a block.
        return Stream.of(5, 300, 2_000)
                .flatMap(lines -> IntStream.range(0, 4)
                        .boxed()
                        .flatMap(steps -> Stream.of(false, true)
                                .flatMap(unrecorded -> Stream.of(
                                                "", Workshop.lines(90_000, 90_003), Workshop.lines(80_000, 84_000))
                                        .map(meanwhile -> new Moment(lines, steps, unrecorded, meanwhile)))))
                .map(moment -> DynamicTest.dynamicTest(moment.toString(), () -> recovers(moment)));
    }

    private void recovers(Moment moment) throws Exception {
        var home = Files.createDirectories(
                folder.resolve(moment.toString() + moment.meanwhile().length()));
        var here = new Workshop(home);
        var text = Workshop.lines(0, moment.lines());
        here.append(text + UNFINISHED);
        interrupt(here, text, moment);
        here.append("\n" + moment.meanwhile());

        here.rotate(Workshop.WHEN_DUE);
        here.rotate(Workshop.FORCED);

        assertThat(here.streamWithoutBlanks()).isEqualTo(text + UNFINISHED + "\n" + moment.meanwhile());
        assertThat(here.names()).allMatch(name -> name.startsWith("app.log"));
    }

    private static void interrupt(Workshop here, String text, Moment moment) throws IOException {
        long end = text.length();
        var id = FileId.of(here.files.facts(here.log));
        var piece = Piece.next(0, end, Files.size(here.log), BLOCK, Long.MAX_VALUE);
        Step step = piece.firstStep();
        var hidden = hidden(here, new CutRecord(id, step, end), text);
        try (var live = here.files.update(here.log);
                var archive = here.files.update(hidden)) {
            var steps = new Steps(live, archive);
            for (var i = 0; i < moment.steps(); i++) {
                step = steps.after(step, end);
                hidden = Files.move(hidden, here.log.resolveSibling(new CutRecord(id, step, end).nameFor("app.log")));
            }
            if (moment.unrecorded()) {
                steps.after(step, end);
            }
        }
    }

    private static Path hidden(Workshop here, CutRecord record, String text) throws IOException {
        var hidden = Files.writeString(here.log.resolveSibling(record.nameFor("app.log")), text);
        return Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void a_copy_that_was_not_finished_does_not_count() throws Exception {
        var text = Workshop.lines(0, 2_000);
        shop.append(text);
        hidden(shop, new CutRecord(id(), new Step.Open(), 0), text.substring(0, 5_000));

        shop.rotated();

        assertThat(Files.readString(folder.resolve("app.log.1"))).isEqualTo(text);
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void blanks_that_came_to_the_disk_before_what_led_to_them_double_nothing() throws Exception {
        var text = Workshop.lines(0, 2_000);
        shop.append(text);
        var cut = text.length() / BLOCK * BLOCK;
        hidden(shop, new CutRecord(id(), new Step.Punch(cut, text.length()), text.length()), text);
        try (var live = shop.files.update(shop.log)) {
            live.write(Head.blank(text.length() - cut), cut);
        }

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(shop.streamWithoutBlanks()).isEqualTo(text);
    }

    @Test
    void a_log_that_was_truncated_meanwhile_keeps_its_new_lines() throws Exception {
        var text = Workshop.lines(0, 2_000);
        shop.append(text);
        hidden(shop, new CutRecord(id(), new Step.Punch(BLOCK, text.length()), text.length()), text);
        Files.write(shop.log, new byte[0]);
        shop.append(Workshop.lines(7_000, 10_000));

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(shop.streamWithoutBlanks()).isEqualTo(text + Workshop.lines(7_000, 10_000));
    }

    @Test
    void what_was_archived_of_a_log_that_is_gone_becomes_an_archive() throws Exception {
        shop.append("old\n");
        hidden(shop, new CutRecord(id(), new Step.Open(), 4), "old\n");
        Files.delete(shop.log);
        shop.append("new\n");
        // An inode number may be given again at once; then the bytes tell.
        shop.rotate(Workshop.WHEN_DUE);
        shop.rotate(Workshop.FORCED);

        assertThat(shop.streamWithoutBlanks()).isEqualTo("old\nnew\n");
    }

    @Test
    void writers_of_a_renamed_log_can_open_the_new_one_whoever_was_killed() throws Exception {
        shop.rules = Workshop.rules(7, new Strategy.Rename(Optional.empty()));
        shop.append("old\n");
        Files.setPosixFilePermissions(shop.log, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.move(shop.log, folder.resolve("app.log.1"));
        Files.createFile(folder.resolve(".app.log.cut-renamed"));
        Files.writeString(folder.resolve(".app.log.cut-new"), "", StandardCharsets.UTF_8);

        shop.rotate(Workshop.WHEN_DUE);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shop.log)))
                .isEqualTo("rw-rw-rw-");
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void a_file_that_can_only_be_punched_after_all_loses_nothing() throws Exception {
        var memory = Files.createTempDirectory(Path.of("/dev/shm"), "steward-punch-");
        try {
            var here = new Workshop(memory);
            here.rules = Workshop.rules(1_000, 7, 16 << 20, new Strategy.Cut());
            var text = Workshop.lines(0, 100_000);
            here.append(text);
            try (var live = here.files.update(here.log)) {
                live.tryLock();
                var opened = new Opened(new LogFolder(here.files, here.log), live, live.facts(), here.rules, here.now);
                var rotated = new ByCutting(opened, new Ability.Collapses(BLOCK)).run(new Head(0, true));
                assertThat(rotated.orElseThrow().way()).isEqualTo(Outcome.Way.PUNCH);
            }
            here.append("more\n");
            here.rotated();

            assertThat(here.streamWithoutBlanks().replace("\0", "").equals(text + "more\n"))
                    .isTrue();
        } finally {
            for (var file : List.of(memory.toFile().listFiles())) {
                Files.delete(file.toPath());
            }
            Files.delete(memory);
        }
    }

    private FileId id() throws IOException {
        return FileId.of(shop.files.facts(shop.log));
    }
}
