package dev.steward.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
    @TempDir
    private Path path;

    private Map<String, String> read(String content) throws Exception {
        return EnvFile.read(Files.writeString(path.resolve("a.env"), content));
    }

    @Test
    void it_reads_names_values_and_comments_in_order() throws Exception {
        assertThat(read("""
                        # a comment
                        A=1
                        export B = two words   # and why
                          C=
                        D=a#b
                        E=x=y

                        F=$HOME
                        """))
                .containsExactly(
                        entry("A", "1"),
                        entry("B", "two words"),
                        entry("C", ""),
                        entry("D", "a#b"),
                        entry("E", "x=y"),
                        entry("F", "$HOME"));
    }

    @Test
    void quotes_are_read_as_in_the_shell() throws Exception {
        assertThat(read("""
                        A='it is $HOME \\n # all'
                        B="a\\tb\\n\\"c\\" \\$D \\x" # a comment
                        C=''
                        """))
                .containsExactly(entry("A", "it is $HOME \\n # all"), entry("B", "a\tb\n\"c\" $D \\x"), entry("C", ""));
    }

    @Test
    void the_last_of_two_equal_names_wins() throws Exception {
        assertThat(read("A=1\nA=2")).containsExactly(entry("A", "2"));
    }

    @Test
    void windows_line_ends_are_no_part_of_a_value() throws Exception {
        assertThat(read("A=1\r\nB='2'\r\n")).containsExactly(entry("A", "1"), entry("B", "2"));
    }

    @Test
    void every_malformed_line_is_told_by_its_number_and_without_its_value() {
        assertThatThrownBy(() -> read("A=1\nhunter2\nB='hunter2\nC=\"hunter2\"x\n2D=hunter2\n"))
                .isInstanceOf(ConfigException.class)
                .message()
                .contains("a.env:2:1: not a line of the form NAME=value")
                .contains("a.env:3:1: B: the quote is not closed on this line")
                .contains("a.env:4:1: C: text follows the closing quote")
                .contains("a.env:5:1: not a line")
                .doesNotContain("hunter2");
    }

    @Test
    void a_missing_file_is_named() {
        var missing = path.resolve("gone.env");

        assertThatThrownBy(() -> EnvFile.read(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessage(missing + ": no such file");
    }

    @Test
    void an_agents_environment_is_the_daemons_under_its_files_under_its_own() throws Exception {
        var folder = new Folder(path);
        folder.write("a.env", "A=file\nB=file\n");
        var agent = folder.agent("agents: {a: {command: x, env_file: a.env, env: {A: 'own ${env:B} ${env:C}'}}}");

        assertThat(AgentEnvironment.of(agent, Map.of("A", "daemon", "B", "daemon", "C", "daemon")))
                .containsOnly(entry("A", "own file daemon"), entry("B", "file"), entry("C", "daemon"));
    }
}
