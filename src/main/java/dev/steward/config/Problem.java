package dev.steward.config;

import java.nio.file.Path;

/**
 * One mistake in a file, told so that its reader can mend it.
 *
 * @param line counted from 1; 0 if the file as a whole is meant
 * @param column counted from 1, in characters; 0 like {@code line}
 * @param suggestion what to do; empty if the message says it all
 */
public record Problem(Path file, int line, int column, String message, String suggestion) {
    /** One line, as compilers write it: {@code steward.yaml:12:5: message — suggestion}. */
    @Override
    public String toString() {
        var where = line == 0 ? file + ": " : file + ":" + line + ":" + column + ": ";
        return where + message + (suggestion.isEmpty() ? "" : " — " + suggestion);
    }
}
