package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandmarksTest {
    @TempDir
    Path folder;

    private Home home;
    private Landmarks landmarks;

    @BeforeEach
    void make() throws IOException {
        home = new Home(folder);
        Files.createDirectories(home.run());
        Files.createFile(home.guardLock());
        landmarks = new Landmarks(home);
        landmarks.look();
    }

    @Test
    void what_is_as_it_was_is_no_problem() throws IOException {
        Files.writeString(home.guardLock(), "written to");
        Files.createFile(home.run().resolve("something new"));
        landmarks.look();
        assertThat(landmarks.problems()).isEmpty();
    }

    @Test
    void a_folder_that_was_put_in_the_place_of_another_is_told_of_once_and_for_good() throws IOException {
        Files.move(home.run(), folder.resolve("aside"));
        Files.createDirectories(home.run());
        landmarks.look();
        landmarks.look();
        assertThat(landmarks.problems())
                .singleElement()
                .asString()
                .startsWith(home.run() + " was removed or replaced")
                .endsWith("steward upgrade-daemon");
    }

    @Test
    void a_lock_that_was_removed_is_told_of() throws IOException {
        Files.delete(home.guardLock());
        landmarks.look();
        assertThat(landmarks.problems()).singleElement().asString().startsWith(home.guardLock() + " was removed");
    }

    @Test
    void what_was_not_there_at_first_is_not_missed() throws IOException {
        Files.delete(home.guardLock());
        var later = new Landmarks(home);
        Files.createFile(home.guardLock());
        later.look();
        assertThat(later.problems()).isEmpty();
    }
}
