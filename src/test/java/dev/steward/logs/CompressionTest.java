package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.LogRules;
import dev.steward.config.LogRules.Strategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompressionTest {
    private static final FileTime THEN = FileTime.from(Instant.parse("2026-02-03T04:05:06.789Z"));

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder);
        shop.append("live\n");
        shop.rules = compressed(new Strategy.Cut());
    }

    private static LogRules compressed(Strategy strategy) {
        var rules = Workshop.rules(7, strategy);
        return new LogRules(rules.due(), rules.keep(), true, strategy, Optional.empty());
    }

    private Compression compression() {
        return new Compression(shop.files, shop.around());
    }

    private Optional<Compression.Pressed> press() throws IOException {
        return compression().press(new Log(shop.log, shop.rules));
    }

    /** As the daemon does until nothing is left; a number of times that suffices for each. */
    private int pressAll() throws IOException {
        for (var times = 0; times < 20; times++) {
            var pressed = press();
            if (pressed.isEmpty()) {
                return times;
            }
            compression().shelve(pressed.get());
        }
        throw new AssertionError("it never ends");
    }

    private Path file(String name, String content) throws IOException {
        return Files.setLastModifiedTime(Files.writeString(folder.resolve(name), content), THEN);
    }

    private Path gzip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return Files.write(folder.resolve(name), bytes.toByteArray());
    }

    @Test
    void an_archive_keeps_its_time_and_its_rights() throws Exception {
        Files.setPosixFilePermissions(file("app.log.1", "one\n"), PosixFilePermissions.fromString("rw-r-----"));

        pressAll();

        assertThat(shop.names()).containsExactly("app.log", "app.log.1.gz");
        var archive = folder.resolve("app.log.1.gz");
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(THEN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-r-----");
        assertThat(shop.streamWithoutBlanks()).isEqualTo("one\nlive\n");
    }

    @Test
    void the_number_that_it_has_at_the_end_counts() throws Exception {
        file("app.log.1", "one\n");
        var pressed = press().orElseThrow();
        shop.rotated();
        shop.append("more\n");

        compression().shelve(pressed);

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2.gz");
        assertThat(shop.streamWithoutBlanks()).isEqualTo("one\nlive\nmore\n");
    }

    @Test
    void who_was_killed_before_the_plain_form_was_removed_leaves_that_to_the_next() throws Exception {
        file("app.log.1", "one\n");
        gzip("app.log.1.gz", "one\n");

        pressAll();

        assertThat(shop.names()).containsExactly("app.log", "app.log.1.gz");
    }

    @Test
    void what_was_begun_by_who_was_killed_goes() throws Exception {
        var plain = file("app.log.1", "one\n");
        var inode = (Long) Files.getAttribute(plain, "unix:ino");
        file(".app.log.gz-" + Long.toString(inode, 36), "half");
        file(".app.log.gz-zzz", "of an archive that is gone");

        pressAll();

        assertThat(shop.names()).containsExactly("app.log", "app.log.1.gz");
        assertThat(shop.streamWithoutBlanks()).isEqualTo("one\nlive\n");
    }

    @Test
    void two_forms_that_differ_stay_and_the_others_are_compressed() throws Exception {
        file("app.log.1", "one\n");
        file("app.log.2", "two\n");
        gzip("app.log.2.gz", "another two\n");

        assertThat(pressAll()).isEqualTo(1);

        assertThat(shop.names()).containsExactly("app.log", "app.log.1.gz", "app.log.2", "app.log.2.gz");
    }

    @Test
    void a_torn_compressed_form_does_not_stop_the_others() throws Exception {
        file("app.log.1", "one\n");
        file("app.log.2", "two\n");
        var torn = gzip("app.log.2.gz", "two\n");
        Files.write(torn, Arrays.copyOf(Files.readAllBytes(torn), 12));
        file("app.log.3", "three\n");
        Files.writeString(folder.resolve("app.log.3.gz"), "no gzip");

        assertThat(pressAll()).isEqualTo(1);

        assertThat(shop.names())
                .containsExactly("app.log", "app.log.1.gz", "app.log.2", "app.log.2.gz", "app.log.3", "app.log.3.gz");
    }

    @Test
    void what_another_process_compresses_at_the_same_time_is_not_put_in_its_place_unfinished() throws Exception {
        file("app.log.1", "one\n");
        var pressed = press().orElseThrow();
        // The other one begins as soon as the first has finished, under the same name.
        Files.delete(folder.resolve(pressed.file()));
        Files.writeString(folder.resolve(pressed.file()), "half of an archi");

        compression().shelve(pressed);

        assertThat(shop.names()).containsExactly(pressed.file(), "app.log", "app.log.1");
        assertThat(shop.streamWithoutBlanks()).isEqualTo("one\nlive\n");
        pressAll();
        assertThat(shop.names()).containsExactly("app.log", "app.log.1.gz");
    }

    @Test
    void an_archive_that_another_process_is_compressing_is_left_to_that() throws Exception {
        file("app.log.1", "one\n");
        try (var other = shop.files.read(folder.resolve("app.log.1"))) {
            assertThat(other.tryLock()).isTrue();
            assertThat(press()).isEmpty();
        }
    }

    @Test
    void an_archive_that_was_removed_meanwhile_comes_not_back() throws Exception {
        file("app.log.1", "one\n");
        var pressed = press().orElseThrow();
        Files.delete(folder.resolve("app.log.1"));

        compression().shelve(pressed);

        assertThat(shop.names()).containsExactly("app.log");
    }

    @Test
    void an_archive_that_grew_meanwhile_stays_as_it_is() throws Exception {
        shop.rules = compressed(new Strategy.Rename(Optional.empty()));
        file("app.log.2", "two\n");
        var pressed = press().orElseThrow();
        Files.writeString(folder.resolve("app.log.2"), "more", StandardOpenOption.APPEND);

        compression().shelve(pressed);

        assertThat(shop.names()).containsExactly("app.log", "app.log.2");
    }

    @Test
    void the_newest_archive_of_a_renamed_log_waits_for_its_writers() throws Exception {
        shop.rules = compressed(new Strategy.Rename(Optional.empty()));
        file("app.log.1", "one\n");
        file("app.log.2", "two\n");

        assertThat(pressAll()).isEqualTo(1);

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2.gz");
    }

    @Test
    void an_archive_that_somebody_still_writes_is_left_as_it_is_where_it_was_renamed() throws Exception {
        shop.written = true;
        file("app.log.2", "two\n");

        shop.rules = compressed(new Strategy.Rename(Optional.empty()));
        assertThat(press()).isEmpty();

        // Archives that were copied nobody else knows; to look for writers among all processes takes long.
        shop.rules = compressed(new Strategy.Cut());
        assertThat(pressAll()).isEqualTo(1);
        assertThat(shop.names()).containsExactly("app.log", "app.log.2.gz");
    }

    @Test
    void what_a_killed_root_had_given_to_the_owner_of_the_log_goes_too() throws Exception {
        var left = file(".app.log.gz-zzz", "of an archive that is gone");
        if (Integer.valueOf(0).equals(Files.getAttribute(left, "unix:uid"))) {
            Files.setAttribute(left, "unix:uid", 1);
        }
        shop.user = 1_000_000;
        pressAll();
        assertThat(left).exists();

        shop.user = 0;
        pressAll();

        assertThat(left).doesNotExist();
    }

    @Test
    void while_the_log_is_rotated_nothing_is_put_in_its_place() throws Exception {
        file("app.log.1", "one\n");
        var pressed = press().orElseThrow();
        try (var other = shop.files.update(shop.log)) {
            assertThat(other.tryLock()).isTrue();
            assertThat(compression().shelve(pressed)).isFalse();
        }
        assertThat(shop.names()).containsExactly("app.log", "app.log.1");
    }

    @Test
    void archives_of_a_log_that_is_gone_are_compressed_too() throws Exception {
        Files.delete(shop.log);
        file("app.log.1", "one\n");

        pressAll();

        assertThat(shop.names()).containsExactly("app.log.1.gz");
    }

    @Test
    void links_and_folders_among_archives_are_not_followed() throws Exception {
        Files.createDirectory(folder.resolve("app.log.1"));
        Files.createSymbolicLink(folder.resolve("app.log.2"), file("secret", "secret\n"));
        Files.createLink(folder.resolve("app.log.3"), folder.resolve("secret"));

        assertThat(press()).isEmpty();

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2", "app.log.3", "secret");
    }
}
