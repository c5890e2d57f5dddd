package dev.steward.config;

/** What to do about the parser's commonest complaints. */
final class YamlHints {
    private YamlHints() {}

    /** @param line counted from 0, as the parser does */
    static String hint(String problem, String text, int line) {
        var complained = text.lines().skip(line).findFirst().orElse("");
        if (problem.contains("(TAB)")) {
            return "indent with spaces";
        }
        if (complained.matches(".*[^\"'][$]\\{(env|file):.*")) {
            return "put references into quotes: \"${env:NAME}\"";
        }
        if (complained.matches(".*\\bpath: *[^\"' ]*[*{\\[].*")) {
            return "put a glob into quotes: path: \"*.log\"";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "put a value that holds ': ' into quotes, or see the indentation";
        }
        if (problem.contains("expected <block end>")) {
            return "see the indentation of this line and of those above it";
        }
        return "";
    }
}
