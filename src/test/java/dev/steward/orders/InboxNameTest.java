package dev.steward.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class InboxNameTest {
    @TempDir
    Path inboxes;

    @Test
    void it_compares_without_case() throws Exception {
        assertThat(InboxName.of("CLC").key()).isEqualTo(InboxName.of("clc").key());
    }

    @Test
    void one_that_walks_out_is_refused() {
        assertThatThrownBy(() -> InboxName.of("../CLC"))
                .isInstanceOf(OrderException.class)
                .hasMessageContaining("../CLC");
    }

    @Test
    void its_folder_is_the_one_that_is_there_in_any_case() throws Exception {
        Files.createDirectory(inboxes.resolve("CLC"));

        assertThat(InboxName.of("clc").folderIn(inboxes)).isEqualTo(inboxes.resolve("CLC"));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void of_two_folders_it_is_the_one_in_the_same_case() throws Exception {
        Files.createDirectory(inboxes.resolve("CLC"));
        Files.createDirectory(inboxes.resolve("clc"));

        assertThat(InboxName.of("clc").folderIn(inboxes)).isEqualTo(inboxes.resolve("clc"));
        assertThat(InboxName.of("Clc").folderIn(inboxes)).isEqualTo(inboxes.resolve("CLC"));
    }

    @Test
    void a_file_or_a_link_under_its_name_is_not_its_folder() throws Exception {
        Files.createFile(inboxes.resolve("CLC"));
        Files.createSymbolicLink(inboxes.resolve("Clc2"), inboxes);

        assertThat(InboxName.of("clc").folderIn(inboxes)).isEqualTo(inboxes.resolve("clc"));
        assertThat(InboxName.of("clc2").folderIn(inboxes)).isEqualTo(inboxes.resolve("clc2"));
    }

    @Test
    void without_any_it_is_named_as_it_was_written() throws Exception {
        var missing = inboxes.resolve("none");

        assertThat(InboxName.of("Clc").folderIn(inboxes)).isEqualTo(inboxes.resolve("Clc"));
        assertThat(InboxName.of("Clc").folderIn(missing)).isEqualTo(missing.resolve("Clc"));
    }
}
