package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.config.Programs.Lookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No message about a program holds what a reference in its name, or in the path that it is sought in, stands for. */
class SecretProgramTest {
    private static final String SECRET = "hunter2";

    @TempDir
    private Path path;

    private Folder folder;

    @BeforeEach
    void setUp() throws Exception {
        folder = new Folder(path);
        folder.write("token", SECRET + "\n");
    }

    private String problem(String agent) throws Exception {
        var problems = folder.problems("agents:\n  a:\n    " + agent + "\n");
        assertThat(problems).singleElement().asString().doesNotContain(SECRET);
        return problems.getFirst();
    }

    private String reference() {
        return "${file:" + path.resolve("token") + "}";
    }

    @Test
    void a_missing_file_is_named_as_it_was_written() throws Exception {
        assertThat(problem("command: ['./bin/${file:token}', x]"))
                .isEqualTo("3:15: agents.a.command[0]: there is no file ./bin/" + reference());
        assertThat(problem("command: ['" + path + "/${file:token}']"))
                .endsWith(": there is no file " + path + "/" + reference());
    }

    @Test
    void a_file_that_cannot_be_run_is_named_as_it_was_written() throws Exception {
        folder.write("bin/" + SECRET, "x");
        assertThat(problem("command: ['bin/${file:token}']"))
                .endsWith(": bin/" + reference() + " is not executable: chmod +x it");

        Files.delete(path.resolve("bin/" + SECRET));
        Files.createDirectories(path.resolve("bin/" + SECRET));
        assertThat(problem("command: ['bin/${file:token}']")).endsWith(": bin/" + reference() + " is a folder");
    }

    @Test
    void a_script_without_its_interpreter_is_named_as_it_was_written() throws Exception {
        folder.executable("bin/" + SECRET, "#!/no/python\n");
        assertThat(problem("command: ['bin/${file:token}']"))
                .endsWith(": bin/" + reference() + " needs the interpreter /no/python, which does not exist");

        folder.executable("bin/" + SECRET, "#!/usr/bin/env no-python\n");
        assertThat(problem("command: ['bin/${file:token}']"))
                .endsWith(": bin/" + reference() + " is run by 'no-python', but there is no program 'no-python' in"
                        + " PATH (/usr/bin:/bin)");
    }

    @Test
    void a_name_that_is_sought_in_the_path_is_named_as_it_was_written() throws Exception {
        assertThat(problem("command: ['${file:token}']"))
                .endsWith(": there is no program '" + reference() + "' in PATH (/usr/bin:/bin)");
    }

    @Test
    void a_path_with_references_is_named_as_it_was_written() throws Exception {
        assertThat(problem("{command: [tool], env: {PATH: '/x/${file:token}:/bin'}}"))
                .endsWith(": there is no program 'tool' in PATH (/x/" + reference() + ":/bin)");

        folder.write(SECRET + "/tool", "x");
        assertThat(problem("{command: [tool], env: {PATH: '${file:token}'}}"))
                .endsWith(": tool in PATH (" + reference() + ") is not executable: chmod +x it");

        folder.executable(SECRET + "/tool", "#!/usr/bin/env other\n");
        folder.write(SECRET + "/other", "x");
        assertThat(problem("{command: [tool], env: {PATH: '${file:token}'}}"))
                .endsWith(": tool in PATH (" + reference() + ") is run by 'other', but other in PATH (" + reference()
                        + ") is not executable: chmod +x it");
    }

    @Test
    void a_reference_that_comes_to_nothing_is_named() throws Exception {
        folder.write("token", "");

        assertThat(problem("command: ['${file:token}']")).endsWith(": '" + reference() + "' comes to nothing");
    }

    @Test
    void what_does_not_lead_to_a_path_is_named_as_it_was_written() throws Exception {
        var agent = agent("${env:SEC}");

        assertThat(new Programs(path).find("a\0" + SECRET, agent, Map.of()))
                .isEqualTo(new Lookup.NotFound("'${env:SEC}' is not a path"));
    }

    @Test
    void a_dollar_that_is_plain_text_hides_nothing() throws Exception {
        assertThat(problem("command: ['./$${x}']")).endsWith(": there is no file " + path.resolve("${x}"));
    }

    @Test
    void the_name_for_people_is_the_template_only_if_references_led_to_the_file() throws Exception {
        assertThat(Programs.shown(agent("/x/${env:SEC}"), "/x/" + SECRET)).isEqualTo("/x/${env:SEC}");
        assertThat(Programs.shown(agent("sh"), "/bin/sh")).isEqualTo("/bin/sh");
        assertThat(Programs.shown(folder.agent("agents: {a: {command: 'x', env: {PATH: '${env:S}'}}}"), "/bin/sh"))
                .isEqualTo("/bin/sh");
        assertThat(Programs.shown(
                        folder.agent("agents: {a: {command: [tool], env: {PATH: '${env:S}'}}}"),
                        "/x/" + SECRET + "/tool"))
                .isEqualTo("tool");
    }

    private AgentConfig agent(String program) throws Exception {
        return folder.agent("agents: {a: {command: ['" + program + "', x]}}");
    }
}
