package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.steward.cli.CommandLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code docs/commands.md}, and every run of steward that any document shows, against the command line itself. */
class CommandsDocTest {
    private static final Pattern OPTION = Pattern.compile("`(--?[a-z][a-z-]*)( [A-Z]+)?`");

    @Test
    void it_tells_of_every_command_and_of_no_other() throws IOException {
        assertThat(rows().keySet())
                .containsExactlyInAnyOrderElementsOf(visible().keySet());
    }

    @Test
    void it_tells_of_every_option_and_of_no_other() throws IOException {
        var rows = rows();
        visible().forEach((name, spec) -> {
            var told = options(rows.getOrDefault(name, List.of("", "", "")).get(2));
            if (List.of("stop", "restart").contains(name)) {
                assertThat(rows.getOrDefault(name, List.of()).get(2)).isEqualTo("as `start`");
                told.addAll(options(rows.getOrDefault("start", List.of()).get(2)));
            }
            var there = new TreeSet<String>();
            spec.options().stream()
                    .filter(option -> !option.inherited())
                    .forEach(option -> there.addAll(names(option)));
            assertThat(told).as("options of " + name).isEqualTo(there);
        });
    }

    @Test
    void it_tells_of_every_option_that_all_commands_have() throws IOException {
        var told = options(Document.of("docs/commands.md").chapter("## Options of every command"));
        var there = new TreeSet<String>();
        CommandLines.model().getCommandSpec().options().forEach(option -> there.addAll(names(option)));
        assertThat(told).isEqualTo(there);
    }

    @Test
    void it_has_an_example_of_every_command() throws IOException {
        var shown = new TreeSet<String>();
        for (var line : Document.of("docs/commands.md")
                .blocks("sh example")
                .getFirst()
                .lines()
                .toList()) {
            for (var args : ShellLine.stewards(line)) {
                var spec = parse(args).commandSpec();
                shown.add(spec.qualifiedName(" ").replaceFirst("^steward ", ""));
            }
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(visible().keySet());
    }

    @Test
    void every_run_of_steward_in_any_document_is_one_that_it_understands() throws IOException {
        var found = 0;
        for (var document : Document.all()) {
            for (var fence : List.of("sh", "sh example", "console", "bash")) {
                for (var line :
                        String.join("\n", document.blocks(fence)).lines().toList()) {
                    for (var args : line.contains("steward") ? ShellLine.stewards(line) : List.<List<String>>of()) {
                        found++;
                        assertThatCode(() -> parse(args))
                                .as(document.file() + ": " + line)
                                .doesNotThrowAnyException();
                    }
                }
            }
        }
        assertThat(found).isGreaterThan(25);
    }

    private static CommandLine.ParseResult parse(List<String> args) {
        var result = CommandLines.model().parseArgs(args.toArray(String[]::new));
        while (result.hasSubcommand()) {
            result = result.subcommand();
        }
        return result;
    }

    /** By name: of a command with commands of its own, those. */
    private static Map<String, CommandSpec> visible() {
        var all = new LinkedHashMap<String, CommandSpec>();
        collect(CommandLines.model(), "", all);
        return all;
    }

    private static void collect(CommandLine line, String prefix, Map<String, CommandSpec> into) {
        line.getSubcommands().forEach((name, command) -> {
            var spec = command.getCommandSpec();
            if (!command.getSubcommands().isEmpty()) {
                collect(command, prefix + name + " ", into);
            } else if (!spec.usageMessage().hidden()) {
                into.put(prefix + name, spec);
            }
        });
    }

    /** The table's rows by the command that their first cell begins with. */
    private static Map<String, List<String>> rows() throws IOException {
        var rows = new LinkedHashMap<String, List<String>>();
        for (var row : Document.of("docs/commands.md").rows("## The commands")) {
            var words = new ArrayList<String>();
            for (var word : row.getFirst().replace("`", "").split(" ", -1)) {
                if (word.matches("[a-z][a-z-]*")) {
                    words.add(word);
                }
            }
            rows.put(String.join(" ", words), row);
        }
        return rows;
    }

    private static Set<String> options(String text) {
        var options = new TreeSet<String>();
        OPTION.matcher(text).results().forEach(match -> options.add(match.group(1)));
        return options;
    }

    private static List<String> names(OptionSpec option) {
        return List.of(option.names());
    }
}
