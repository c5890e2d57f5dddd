package dev.steward.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The file of Foreman and Heroku: {@code name: command} a line. An {@code .env} beside it is Foreman's way of setting
 * variables, and is taken over.
 */
record Procfile(Path file, Map<String, String> commands, Optional<Path> envFile) {
    private static final int LARGEST = 1 << 20;
    private static final Pattern LINE = Pattern.compile("([^:\\s]+)\\s*:\\s*(.+)");

    static Procfile read(Path procfile) throws ConfigException {
        var problems = new Problems(procfile);
        var commands = new LinkedHashMap<String, String>();
        switch (SmallFile.read(procfile, LARGEST)) {
            case Parsed.Bad(var message, var suggestion) -> problems.add(Position.WHOLE_FILE, message, suggestion);
            case Parsed.Good(var text) -> readLines(text, commands, problems);
        }
        problems.throwIfAny();
        var file = procfile.toAbsolutePath().normalize();
        var envFile = file.resolveSibling(".env");
        return new Procfile(
                file, commands, Files.isRegularFile(envFile) ? Optional.of(envFile) : Optional.<Path>empty());
    }

    private static void readLines(String text, Map<String, String> commands, Problems problems) {
        var lines = text.lines().toList();
        var seen = new TreeMap<String, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(line, new Position(i + 1, 1), seen, problems)
                        .ifPresent(entry -> commands.put(entry.getKey(), entry.getValue()));
            }
        }
        if (commands.isEmpty() && problems.isEmpty()) {
            problems.add(Position.WHOLE_FILE, "there is no line of the form name: command", "");
        }
    }

    private static Optional<Map.Entry<String, String>> readLine(
            String line, Position at, Map<String, Integer> seen, Problems problems) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            problems.add(at, "not a line of the form name: command", "begin a comment with #");
            return Optional.empty();
        }
        var name = match.group(1);
        var command = match.group(2);
        if (!name.matches(AgentSection.NAME)) {
            problems.add(at, "'" + Shown.of(name) + "' cannot name an agent", "use " + AgentSection.NAME_SAYING);
            return Optional.empty();
        }
        if (command.chars().anyMatch(Character::isISOControl)) {
            problems.add(at, "the command of " + name + " holds control characters", "write spaces");
            return Optional.empty();
        }
        var first = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), at.line());
        if (first != null) {
            problems.add(at, "the name '" + name + "' is there twice", "the first is in line " + first);
            return Optional.empty();
        }
        return Optional.of(Map.entry(name, command));
    }

    String toYaml() {
        var yaml = new StringBuilder("# From " + Shown.line(file.toString()) + ".\n");
        yaml.append(
                "# Every command runs in the Procfile's folder, by /bin/sh -c. Foreman's PORT is not set: give it under\n");
        yaml.append("# env: {PORT: 5000}. A program that ends when it is done needs keep_alive: never.\n\n");
        yaml.append("agents:\n");
        commands.forEach((name, command) -> {
            yaml.append("  ").append(quoted(name)).append(":\n");
            yaml.append("    command: ").append(quoted(command)).append('\n');
            yaml.append("    directory: ")
                    .append(quoted(file.resolveSibling("").toString()))
                    .append('\n');
            envFile.ifPresent(path -> yaml.append("    env_file: ")
                    .append(quoted(path.toString()))
                    .append('\n'));
        });
        return yaml.toString();
    }

    /** In single quotes nothing but the quote itself is special to YAML. */
    private static String quoted(String text) {
        return text.matches("[A-Za-z][A-Za-z0-9_-]*") && !text.equalsIgnoreCase("null")
                ? text
                : "'" + text.replace("'", "''") + "'";
    }
}
