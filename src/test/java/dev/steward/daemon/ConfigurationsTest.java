package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last good copy of the configuration. */
class ConfigurationsTest {
    private static final String GOOD = """
            agents:
              web: {command: [/bin/true, "${env:TOKEN}"], directory: sub, log: web.log}
            """;

    @TempDir
    Path folder;

    private Home home;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        home = new Home(folder.resolve("home"));
        Files.createDirectories(home.run());
        Files.createDirectories(folder.resolve("elsewhere/sub"));
        file = Files.writeString(folder.resolve("elsewhere/s.yaml"), GOOD);
    }

    private Configurations configurations() {
        return new Configurations(home, file, Map.of("TOKEN", "secret"));
    }

    private List<Path> copies() throws IOException {
        try (var files = Files.list(home.run())) {
            return files.toList();
        }
    }

    @Test
    void what_was_taken_up_is_kept_as_it_was_written_for_its_owner_alone() throws Exception {
        configurations().read();
        assertThat(copies()).singleElement().satisfies(copy -> {
            assertThat(copy).hasContent(GOOD);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                    .isEqualTo("rw-------");
        });
    }

    @Test
    void where_agents_live_a_file_that_is_refused_is_replaced_by_the_copy_until_it_is_mended() throws Exception {
        configurations().read();
        for (var broken : List.of("agents: {web: {comand: x}}", "", "\t")) {
            Files.writeString(file, broken);
            var next = configurations();
            var loaded = next.first(true);
            assertThat(loaded.configuration().file()).isEqualTo(file);
            var web = Optional.ofNullable(loaded.configuration().agents().get("web"))
                    .orElseThrow();
            assertThat(web.log()).isEqualTo(file.resolveSibling("web.log"));
            assertThat(web.directory()).isEqualTo(file.resolveSibling("sub"));
            assertThat(next.problem().orElseThrow())
                    .contains("the last one that was in order is in force", file.toString());
            assertThatThrownBy(next::read).isInstanceOf(ConfigException.class);
            assertThat(next.problem()).isPresent();
            Files.writeString(file, GOOD);
            next.read();
            assertThat(next.problem()).isEmpty();
        }
    }

    @Test
    void so_is_one_that_is_gone() throws Exception {
        configurations().read();
        Files.delete(file);
        var next = configurations();
        assertThat(next.first(true).configuration().agents()).containsOnlyKeys("web");
        assertThat(next.problem().orElseThrow())
                .contains("There is no file " + file, "a copy is " + copies().getFirst())
                .doesNotContain("steward init");
    }

    @Test
    void where_none_lives_or_no_copy_is_of_use_it_is_refused_as_ever() throws Exception {
        configurations().read();
        Files.writeString(file, "agents: {web: {comand: x}}");
        assertThatThrownBy(() -> configurations().first(false)).isInstanceOf(ConfigException.class);
        Files.writeString(copies().getFirst(), "agents: [");
        assertThatThrownBy(() -> configurations().first(true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("comand");
        Files.delete(copies().getFirst());
        assertThatThrownBy(() -> configurations().first(true)).isInstanceOf(ConfigException.class);
    }

    @Test
    void another_file_has_another_copy() throws Exception {
        configurations().read();
        var other = Files.writeString(folder.resolve("other.yaml"), "agents: {}\n");
        new Configurations(home, other, Map.of()).read();
        assertThat(copies()).hasSize(2);
    }

    @Test
    void a_copy_that_cannot_be_kept_is_no_reason_not_to_start() throws Exception {
        Files.delete(home.run());
        assertThat(configurations().read().agents()).containsOnlyKeys("web");
    }
}
