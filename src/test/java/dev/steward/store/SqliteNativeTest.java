package dev.steward.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteNativeTest {
    @TempDir
    Path home;

    @TempDir
    Path temporary;

    @Test
    void the_library_lies_in_our_folder_and_a_killed_process_leaves_nothing_in_the_temporary_one() throws Exception {
        Path library = Path.of(prepareAndKill(home.resolve("lib")));
        assertThat(library).isRegularFile().hasParentRaw(home.resolve("lib"));
        assertThat(library.getFileName().toString()).startsWith("sqlite-3.");
        assertThat(list(home.resolve("lib"))).containsExactly(library);
        assertThat(list(temporary)).isEmpty();
    }

    @Test
    void it_is_extracted_once() throws Exception {
        Path library = Path.of(prepareAndKill(home.resolve("lib")));
        Object first = Files.readAttributes(library, "unix:ino,lastModifiedTime");
        prepareAndKill(home.resolve("lib"));
        assertThat(Files.readAttributes(library, "unix:ino,lastModifiedTime")).isEqualTo(first);
    }

    @Test
    void a_library_of_another_length_is_replaced() throws Exception {
        Path library = Path.of(prepareAndKill(home.resolve("lib")));
        long size = Files.size(library);
        Files.writeString(library, "half of it");
        prepareAndKill(home.resolve("lib"));
        assertThat(library).hasSize(size);
        assertThat(list(temporary)).isEmpty();
    }

    @Test
    void several_processes_at_once_find_one_library() throws Exception {
        var children = new ArrayList<Child>();
        try {
            for (int i = 0; i < 4; i++) {
                children.add(start(home.resolve("lib"), Files.createDirectory(home.resolve("store-" + i))));
            }
            for (Child child : children) {
                assertThat(child.line())
                        .endsWith(list(home.resolve("lib")).getFirst().toString());
            }
        } finally {
            for (Child child : children) {
                child.kill();
            }
        }
        assertThat(list(home.resolve("lib"))).hasSize(1);
        assertThat(list(temporary)).isEmpty();
    }

    @Test
    void where_there_can_be_no_folder_the_driver_helps_itself() throws Exception {
        Files.writeString(home.resolve("lib"), "a file");
        assertThat(prepareAndKill(home.resolve("lib"))).startsWith("default: ").contains("lib cannot hold the library");
    }

    @Test
    void a_folder_that_everybody_may_write_to_is_not_used() throws Exception {
        Path lib = Files.createDirectory(home.resolve("lib"));
        Files.setPosixFilePermissions(lib, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(prepareAndKill(lib)).startsWith("default: ").contains("everybody");
        assertThat(list(lib)).isEmpty();
    }

    private String prepareAndKill(Path folder) throws IOException {
        try (Child child = start(folder, home)) {
            return child.line();
        }
    }

    private Child start(Path folder, Path store) throws IOException {
        return Child.start(
                SqliteNativeChild.class, List.of("-Djava.io.tmpdir=" + temporary), folder.toString(), store.toString());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(each -> !each.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }
}
