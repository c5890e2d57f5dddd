package dev.steward.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a completion script for fish, see fishshell.com/docs/current/completions.html. Picocli has none. */
final class Fish {
    private final StringBuilder script = new StringBuilder("complete -c steward -f\n");

    private Fish() {}

    static String script(CommandSpec steward) {
        var fish = new Fish();
        steward.options().forEach(option -> fish.option("", option));
        fish.commands("__fish_use_subcommand", steward);
        steward.subcommands().forEach((name, line) -> fish.command(name, line.getCommandSpec()));
        return fish.script.toString();
    }

    private void command(String name, CommandSpec command) {
        if (command.usageMessage().hidden()) {
            return;
        }
        var within = "__fish_seen_subcommand_from " + name;
        commands(within, command);
        command.options().stream().filter(option -> !option.inherited()).forEach(option -> option(within, option));
        command.positionalParameters().stream()
                .filter(parameter -> parameter.paramLabel().equals("AGENT"))
                .findFirst()
                .ifPresent(_ -> line(within)
                        .append(" -a ")
                        .append(quoted(
                                "(steward status --json 2>/dev/null | string match -ra '\"name\":\"([^\"]+)' -g)"))
                        .append('\n'));
    }

    private void commands(String condition, CommandSpec parent) {
        parent.subcommands().forEach((name, line) -> {
            var usage = line.getCommandSpec().usageMessage();
            if (!usage.hidden()) {
                line(condition)
                        .append(" -a ")
                        .append(name)
                        .append(" -d ")
                        .append(quoted(first(usage.description())))
                        .append('\n');
            }
        });
    }

    private void option(String condition, OptionSpec option) {
        if (option.hidden()) {
            return;
        }
        line(condition);
        for (var name : option.names()) {
            script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
        }
        if (option.arity().max() > 0) {
            script.append(" -r -F");
        }
        script.append(" -d ").append(quoted(first(option.description()))).append('\n');
    }

    private StringBuilder line(String condition) {
        script.append("complete -c steward");
        return condition.isEmpty() ? script : script.append(" -n ").append(quoted(condition));
    }

    private static String first(String[] description) {
        return description.length == 0 ? "" : description[0].replace("$$", "$");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
