package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start would need and does not find. */
class RefusedByTheMachineTest {
    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() {
        folder = new Folder(path);
    }

    @Test
    void it_refuses_a_missing_program_and_says_where_it_looked() throws Exception {
        assertThat(folder.problems("agents: {a: {command: [no-such-program, x]}}"))
                .containsExactly(
                        "1:24: agents.a.command[0]: there is no program 'no-such-program' in PATH (/usr/bin:/bin)");
    }

    @Test
    void it_refuses_a_heartbeat_file_that_is_a_folder() throws Exception {
        folder.write("beats/other", "");
        assertThat(folder.problems("agents: {a: {command: [sh], heartbeat: {path: beats}}}"))
                .containsExactly("1:47: agents.a.heartbeat.path: " + path.resolve("beats")
                        + " is a folder — name a file in it, for example " + path.resolve("beats/hb.json"));
    }

    @Test
    void a_whole_command_line_as_one_item_is_explained() throws Exception {
        assertThat(folder.problems("agents: {a: {command: ['sleep 10']}}"))
                .singleElement()
                .asString()
                .endsWith(" — write the program and its arguments as items of the list");
    }

    @Test
    void a_relative_program_is_relative_to_the_agents_directory() throws Exception {
        folder.executable("bin/agent.sh", "#!/bin/sh\n");

        assertThat(folder.agent("agents: {a: {command: [./agent.sh], directory: bin}}")
                        .directory())
                .isEqualTo(path.resolve("bin"));
        assertThat(folder.problems("agents: {a: {command: [./agent.sh]}}"))
                .containsExactly("1:24: agents.a.command[0]: there is no file " + path.resolve("agent.sh"));
    }

    @Test
    void the_agents_own_path_is_searched() throws Exception {
        folder.executable("bin/tool", "#!/bin/sh\n");
        folder.write("paths.env", "PATH=" + path.resolve("bin") + "\n");

        assertThat(folder.load("agents: {a: {command: [tool], env: {PATH: bin}}}")
                        .agents())
                .hasSize(1);
        assertThat(folder.load("agents: {a: {command: [tool], env: {PATH: 'bin:${env:PATH}'}}}")
                        .agents())
                .hasSize(1);
        assertThat(folder.load("agents: {a: {command: [tool], env_file: paths.env}}")
                        .agents())
                .hasSize(1);
        assertThat(folder.problems("agents: {a: {command: [tool], env_file: paths.env, env: {PATH: /nowhere}}}"))
                .singleElement()
                .asString()
                .contains("in PATH (/nowhere)");
    }

    @Test
    void steward_as_a_program_is_the_launcher_in_use() throws Exception {
        var file = folder.write("steward.yaml", "agents: {a: {command: [steward, agent]}}");
        var broken = new ConfigLoader(Map.of(), () -> "h", path.resolve("gone"));

        assertThat(folder.loader().load(file).agents()).hasSize(1);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> broken.load(file)))
                .hasMessageContaining("there is no file " + path.resolve("gone"));
    }

    @Test
    void a_program_known_only_at_the_start_is_no_mistake_of_the_file() throws Exception {
        assertThat(folder.load("agents: {a: {command: ['${env:LATER}']}, b: {command: [x], env: {PATH: '${env:NO}'}}}")
                        .agents())
                .hasSize(2);
    }

    @Test
    void it_refuses_a_missing_directory() throws Exception {
        assertThat(folder.problems("agents: {a: {command: [./x], directory: gone}}"))
                .containsExactly("1:41: agents.a.directory: " + path.resolve("gone")
                        + " does not exist — make it, or name another");
    }

    @Test
    void it_refuses_a_directory_that_is_a_file() throws Exception {
        folder.write("file", "");

        assertThat(folder.problems("agents: {a: {command: x, directory: file}}"))
                .singleElement()
                .asString()
                .contains(path.resolve("file") + " is not a folder");
    }

    @Test
    void it_refuses_a_missing_environment_file() throws Exception {
        assertThat(folder.problems("agents: {a: {command: x, env_file: gone.env}}"))
                .containsExactly("1:36: agents.a.env_file: " + path.resolve("gone.env") + ": no such file");
    }

    @Test
    void mistakes_in_an_environment_file_are_told_with_its_own_lines() throws Exception {
        var env = folder.write("a.env", "A=1\nnot a line\n");

        assertThat(folder.problems("agents: {a: {command: x, env_file: a.env}}"))
                .containsExactly(env + ":2:1: not a line of the form NAME=value — begin a comment with #");
    }

    @Test
    void a_missing_log_folder_is_no_mistake_of_the_file() throws Exception {
        var agent = folder.agent("agents: {a: {command: x, log: new/folder/a.log}}");

        assertThat(agent.log()).isEqualTo(path.resolve("new/folder/a.log"));
        assertThat(Files.exists(path.resolve("new"))).isFalse();
    }
}
