package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    private final Rotations rotations = Rotations.here(Map.of(), InstantSource.system(), System::nanoTime);

    @Test
    void it_leaves_nothing_and_touches_nothing_else(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.life"), "1");
        Files.writeString(folder.resolve("rehearsal.log.3"), "of one that was killed");

        Rehearsal.of(rotations, folder);

        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("a.life"));
        }
    }

    @Test
    void without_a_folder_there_is_none(@TempDir Path folder) {
        Rehearsal.of(rotations, folder.resolve("gone"));

        assertThat(folder).isEmptyDirectory();
    }
}
