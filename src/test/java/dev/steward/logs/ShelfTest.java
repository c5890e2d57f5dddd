package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ShelfTest {
    @TempDir
    Path folder;

    private Workshop shop;
    private LogFolder shelf;

    @BeforeEach
    void open() throws IOException {
        shop = new Workshop(folder);
        shelf = new LogFolder(shop.files, shop.log);
        shop.append("live\n");
        Files.writeString(folder.resolve("new"), "new\n");
    }

    private void plain(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    private void gzip(String name, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        Files.write(folder.resolve(name), bytes.toByteArray());
    }

    @Test
    void two_kills_do_not_leave_one_archive_under_two_numbers() throws Exception {
        plain("app.log.1", "one\n");
        gzip("app.log.1.gz", "one\n");
        gzip("app.log.2.gz", "two\n");

        Shelf.put(shelf, "new");

        // Only one form moves on: between two renames there would be a place to be killed at.
        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2", "app.log.3.gz");
        assertThat(shop.streamWithoutBlanks()).isEqualTo("two\none\nnew\nlive\n");
    }

    @Test
    void two_forms_that_differ_move_on_together() throws Exception {
        plain("app.log.1", "one\n");
        gzip("app.log.1.gz", "another\n");

        Shelf.put(shelf, "new");

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2", "app.log.2.gz");
    }

    @Test
    void what_is_no_archive_in_spite_of_its_name_moves_on_unread() throws Exception {
        plain("app.log.1", "one\n");
        Files.createDirectory(folder.resolve("app.log.1.gz"));

        Shelf.put(shelf, "new");

        assertThat(shop.names()).containsExactly("app.log", "app.log.1", "app.log.2", "app.log.2.gz");
    }

    @Test
    void an_archive_that_vanishes_is_not_counted_and_does_not_end_the_rotation() throws Exception {
        plain("app.log.1", "one\n");
        plain("app.log.2", "two\n");
        assertThat(Shelf.kept(shelf)).hasSize(2);
        Files.delete(folder.resolve("app.log.1"));

        assertThat(Shelf.kept(shelf)).singleElement().satisfies(kept -> {
            assertThat(kept.archive()).isEqualTo(new Archive(2, false));
            assertThat(kept.bytes()).isEqualTo(4);
            assertThat(kept.modified())
                    .isEqualTo(Files.getLastModifiedTime(folder.resolve("app.log.2"), LinkOption.NOFOLLOW_LINKS)
                            .toInstant());
        });
    }

    @Test
    void an_archive_that_is_no_regular_file_is_told_by_its_name() throws Exception {
        Files.createSymbolicLink(folder.resolve("app.log.1"), shop.log);

        assertThatThrownBy(() -> Shelf.kept(shelf))
                .isInstanceOf(LeftAlone.class)
                .hasMessage("the archive " + folder.resolve("app.log.1") + " is no regular file. Move it away");
    }

    @Test
    void a_refusal_says_what_could_not_be_done_with_which_file() {
        assertThatThrownBy(() -> Shelf.put(shelf, "gone"))
                .isInstanceOf(IOException.class)
                .hasMessage(folder.resolve("gone") + " cannot be renamed to app.log.1: there is none");
        assertThatThrownBy(() -> new LogFolder(shop.files, folder.resolve("gone/app.log")).names())
                .hasMessage(folder.resolve("gone") + " cannot be listed: there is none");
    }
}
