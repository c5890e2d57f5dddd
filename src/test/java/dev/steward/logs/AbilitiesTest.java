package dev.steward.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.posix.Posix;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
class AbilitiesTest {
    @TempDir
    Path folder;

    private final Abilities abilities = new Abilities();

    private static LogFolder at(Path folder) {
        return new LogFolder(Posix.filesOnly(), folder.resolve("app.log"));
    }

    @Test
    void a_memory_disk_can_be_punched_and_not_cut_and_nothing_is_left_of_the_trial() throws Exception {
        var memory = Files.createTempDirectory(Path.of("/dev/shm"), "steward-abilities-");
        try {
            assertThat(abilities.in(at(memory), 1, 4_096)).isEqualTo(new Ability.Punches());
            assertThat(memory).isEmptyDirectory();
        } finally {
            Files.delete(memory);
        }
    }

    @Test
    void what_was_found_is_not_tried_again_on_the_same_file_system() throws Exception {
        var found = abilities.in(at(folder), 1, 4_096);
        assertThat(abilities.in(at(folder.resolve("gone")), 1, 4_096)).isEqualTo(found);
        assertThatThrownBy(() -> abilities.in(at(folder.resolve("gone")), 2, 4_096))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "NOT_PERMITTED", "OTHER"})
    void a_call_that_was_interrupted_or_forbidden_once_does_not_decide_for_good(SystemFailure.Kind kind) {
        assertThat(Abilities.Can.not(kind)).isEqualTo(Abilities.Can.NOT_NOW);
    }
}
