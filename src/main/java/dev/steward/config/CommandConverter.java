package dev.steward.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A list, executed as it is, or a string for {@code /bin/sh -c}. */
record CommandConverter(Converter<Text> texts) implements Converter<Command> {
    private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern HOME = Pattern.compile("^~[A-Za-z0-9._-]*(/|$)");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "fish");
    private static final String AS_IT_IS = "a list is executed as it is; use a string command, which a shell expands";

    private static final Converter<String> SCRIPT = new ScalarConverter<>(
            "a list or a string", true, Parsed::good, Json.object("type", "string", "pattern", "\\S"));

    @Override
    public Optional<Command> read(Node node, Scope at) {
        return node instanceof SequenceNode sequence ? list(sequence, at) : script(node, at);
    }

    private static Optional<Command> script(Node node, Scope at) {
        return SCRIPT.read(node, at).flatMap(script -> {
            if (script.isBlank()) {
                at.problem("is empty", "write the program to run");
                return Optional.empty();
            }
            var reference = REFERENCE.matcher(script);
            if (reference.find()) {
                at.problem(
                        "'" + reference.group() + "…}' is not resolved in a string command",
                        "give the value a name under env: and write $NAME here");
                return Optional.empty();
            }
            return Optional.of(new Command.Shell(script));
        });
    }

    private Optional<Command> list(SequenceNode sequence, Scope at) {
        var items = sequence.getValue();
        if (items.isEmpty()
                || (items.getFirst() instanceof ScalarNode first
                        && first.getValue().isBlank())) {
            at.problem("is empty", "write the program to run, then its arguments");
            return Optional.empty();
        }
        var argv = new ArrayList<Text>();
        for (int i = 0; i < items.size(); i++) {
            argument(items, i, at.enter(i, items.get(i))).ifPresent(argv::add);
        }
        return argv.size() == items.size() ? Optional.of(new Command.Exec(List.copyOf(argv))) : Optional.empty();
    }

    private Optional<Text> argument(List<Node> items, int index, Scope at) {
        if (items.get(index) instanceof ScalarNode scalar) {
            var home = HOME.matcher(scalar.getValue());
            if (home.find()) {
                at.problem("'" + home.group() + "' is not expanded", AS_IT_IS + ", or write the whole path");
                return Optional.empty();
            }
            var variable = VARIABLE.matcher(scalar.getValue());
            if (!isScript(items, index) && variable.find()) {
                var name = variable.group();
                at.problem("'" + name + "' is not expanded", AS_IT_IS + ", or ${env:" + name.substring(1) + "}");
                return Optional.empty();
            }
        }
        return texts.read(items.get(index), at);
    }

    /** In {@code [sh, -c, 'echo $HOME']} a shell does expand the argument after {@code -c}. */
    private static boolean isScript(List<Node> items, int index) {
        return index >= 2
                && items.getFirst() instanceof ScalarNode program
                && SHELLS.contains(program.getValue().replaceFirst(".*/", ""))
                && items.get(index - 1) instanceof ScalarNode option
                && option.getValue().matches("-[a-z]*c");
    }

    @Override
    public Map<String, Object> schema() {
        var argument = texts.schema();
        return Json.object(
                "anyOf",
                List.of(
                        Json.object("type", "array", "items", argument, "minItems", 1),
                        Json.object("type", "string", "pattern", "\\S")));
    }
}
