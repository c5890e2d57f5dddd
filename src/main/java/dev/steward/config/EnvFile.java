package dev.steward.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of environment variables: {@code NAME=value} a line, comments after {@code #}, {@code export} before a name if one
 * likes. A value in single quotes is taken as it is; in double quotes {@code \n \t \\ \" \$} are read as in the shell;
 * nothing is expanded. The last of two equal names wins, as in the shell.
 */
public final class EnvFile {
    private static final int LARGEST = 1 << 20;
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Pattern TRAILING_COMMENT = Pattern.compile("\\s+#.*$", Pattern.DOTALL);

    private EnvFile() {}

    /**
     * Reads the file now.
     *
     * @return the variables in the file's order
     * @throws ConfigException if it cannot be read, or with every malformed line; never shows a value
     */
    public static Map<String, String> read(Path file) throws ConfigException {
        var problems = new Problems(file);
        var variables = new LinkedHashMap<String, String>();
        switch (SmallFile.read(file, LARGEST)) {
            case Parsed.Bad(var message, var suggestion) -> problems.add(Position.WHOLE_FILE, message, suggestion);
            case Parsed.Good(var content) -> {
                int number = 0;
                for (var line : content.split("\r?\n", -1)) {
                    number++;
                    if (!line.isBlank() && !line.strip().startsWith("#")) {
                        readLine(line, new Position(number, 1), variables, problems);
                    }
                }
            }
        }
        problems.throwIfAny();
        return Collections.unmodifiableMap(variables);
    }

    private static void readLine(String line, Position at, Map<String, String> into, Problems problems) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            problems.add(at, "not a line of the form NAME=value", "begin a comment with #");
            return;
        }
        switch (value(match.group(2))) {
            case Parsed.Good(var value) -> into.put(match.group(1), value);
            case Parsed.Bad(var message, var suggestion) ->
                problems.add(at, match.group(1) + ": " + message, suggestion);
        }
    }

    private static Parsed<String> value(String written) {
        if (written.indexOf('\0') >= 0) {
            return Parsed.bad("the value holds a NUL character", "");
        }
        if (written.startsWith("'")) {
            return quoted(written, false);
        }
        if (written.startsWith("\"")) {
            return quoted(written, true);
        }
        var bare =
                written.startsWith("#") ? "" : TRAILING_COMMENT.matcher(written).replaceFirst("");
        return Parsed.good(bare);
    }

    private static Parsed<String> quoted(String written, boolean escapes) {
        var value = new StringBuilder();
        for (int i = 1; i < written.length(); i++) {
            var character = written.charAt(i);
            if (character == written.charAt(0)) {
                var rest = written.substring(i + 1).strip();
                return rest.isEmpty() || rest.startsWith("#")
                        ? Parsed.good(value.toString())
                        : Parsed.bad("text follows the closing quote", "put the whole value into the quotes");
            }
            if (escapes && character == '\\' && i + 1 < written.length()) {
                value.append(unescaped(written.charAt(++i)));
            } else {
                value.append(character);
            }
        }
        return Parsed.bad("the quote is not closed on this line", "");
    }

    private static String unescaped(char character) {
        return switch (character) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '\\', '"', '$', '`' -> String.valueOf(character);
            default -> "\\" + character;
        };
    }
}
