package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final Instant NOON = Instant.parse("2025-10-30T12:00:00Z");

    @TempDir
    Path folder;

    private Path file(String name, Instant written) throws Exception {
        var file = Files.createFile(folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(written));
        return file;
    }

    @Test
    void old_files_that_no_order_needs_are_removed_and_nothing_else() throws Exception {
        file("left.body", NOON.minusSeconds(1));
        file("needed.body", NOON.minusSeconds(1));
        file("young.body", NOON);
        file("other.txt", NOON.minusSeconds(1));
        Files.createDirectory(folder.resolve("folder.body"));

        assertThat(new Spool(folder).clean(List.of("needed.body"), NOON)).isEqualTo(1);

        assertThat(Desk.names(folder)).containsExactly("folder.body", "needed.body", "other.txt", "young.body");
    }

    @Test
    void a_spool_that_was_never_used_is_clean() throws Exception {
        assertThat(new Spool(folder.resolve("none")).clean(List.of(), NOON)).isZero();
    }
}
