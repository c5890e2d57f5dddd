package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one agent would miss on this machine is no reason to leave the others unsupervised. */
class RecoveryLoadingTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    private Loaded recover(String yaml) throws IOException, ConfigException {
        return folder.loader().loadForRecovery(folder.write("steward.yaml", yaml));
    }

    private List<Problem> refusal(String yaml) throws IOException {
        var file = folder.write("steward.yaml", yaml);
        return catchThrowableOfType(ConfigException.class, () -> folder.loader().loadForRecovery(file))
                .problems();
    }

    @Test
    void a_configuration_that_fits_the_machine_is_the_one_that_load_reads() throws Exception {
        var yaml = "agents: {a: {command: [/bin/sh, -c, 'exit 0']}, b: {command: x}}";

        var loaded = recover(yaml);

        assertThat(loaded.configuration()).isEqualTo(folder.load(yaml));
        assertThat(loaded.onThisMachine()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "command: [./gone, x]",
                "command: [no-such-program]",
                "command: [./script]",
                "command: x, directory: gone",
                "command: x, directory: script",
                "command: x, env_file: gone.env",
                "command: x, env_file: bad.env",
            })
    void what_a_start_would_miss_is_told_and_all_agents_are_there(String broken) throws Exception {
        folder.executable("script", "#!/no/such/interpreter\n");
        folder.write("bad.env", "not a line\n");
        var yaml = "agents: {whole: {command: x}, broken: {" + broken + "}}";

        var loaded = recover(yaml);

        assertThat(loaded.configuration().agents()).containsOnlyKeys("whole", "broken");
        assertThat(loaded.onThisMachine()).hasSize(1);
        assertThat(folder.problems(path.resolve("steward.yaml")))
                .as("a start is refused for the same")
                .hasSize(1);
    }

    @Test
    void what_is_told_has_its_place_and_the_files_order() throws Exception {
        var loaded = recover("agents:\n  a: {command: [./gone]}\n  b: {command: x, directory: gone}\n");

        assertThat(loaded.onThisMachine())
                .extracting(Problem::line, Problem::message)
                .containsExactly(
                        tuple(2, "agents.a.command[0]: there is no file " + path.resolve("gone")),
                        tuple(3, "agents.b.directory: " + path.resolve("gone") + " does not exist"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agents: {a: {command: x",
                "agents: {a: {}}",
                "agents: {a: {command: x, unknown: 1}}",
                "agents: {a: {command: x, needs: [b]}}",
                "agents: {a: {command: x, log: audit.jsonl}}",
                "agents: {steward: {command: x}}",
                "[]",
            })
    void what_is_wrong_in_the_file_itself_is_refused(String yaml) throws Exception {
        assertThat(refusal(yaml)).hasSize(1);
    }

    @Test
    void a_refusal_tells_of_the_file_alone() throws Exception {
        assertThat(refusal("agents: {a: {command: x, nice: 99}, b: {command: [./gone]}}"))
                .singleElement()
                .asString()
                .contains("agents.a.nice");
    }

    @Test
    void a_file_that_is_not_there_is_refused() {
        var refusal = catchThrowableOfType(
                ConfigException.class, () -> folder.loader().loadForRecovery(path.resolve("none.yaml")));

        assertThat(refusal).hasMessageContaining("none.yaml");
    }
}
