package dev.steward.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The names in a glob, as they stand between its slashes. A slash within braces separates too; within brackets there is none.
 *
 * @param literal how many of them, at the beginning, have no glob characters
 */
record GlobSegments(List<String> names, int literal) {
    private static final String SPECIAL = "*?[{";

    static GlobSegments of(String glob) {
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        var literal = 0;
        var special = false;
        for (int i = 0; i < glob.length(); i++) {
            var character = glob.charAt(i);
            if (character == '/') {
                add(name, names);
                literal = special ? literal : names.size();
                continue;
            }
            special |= SPECIAL.indexOf(character) >= 0;
            name.append(character);
            if (character == '\\' && i + 1 < glob.length()) {
                name.append(glob.charAt(++i));
            } else if (character == '[') {
                var end = Math.max(i, glob.indexOf(']', i));
                name.append(glob, i + 1, end + 1);
                i = end;
            }
        }
        add(name, names);
        return new GlobSegments(List.copyOf(names), special ? literal : names.size());
    }

    private static void add(StringBuilder name, List<String> names) {
        if (!name.isEmpty()) {
            names.add(name.toString());
            name.setLength(0);
        }
    }

    /** So many names at most follow the literal ones; 0 if none does. */
    int depth() {
        return crossesFolders() ? Integer.MAX_VALUE : names.size() - literal;
    }

    boolean crossesFolders() {
        return globPart().replaceAll("\\\\.|\\[[^\\]]*\\]", "").contains("**");
    }

    /** A path, as the file system has it. */
    String literalPart() {
        return names.stream().limit(literal).map(GlobSegments::unescaped).collect(Collectors.joining("/"));
    }

    /** Empty for a path. */
    String globPart() {
        return names.stream().skip(literal).collect(Collectors.joining("/"));
    }

    String lastName() {
        return names.isEmpty() ? "" : unescaped(names.getLast());
    }

    static String escaped(String path) {
        return path.replaceAll("[\\\\*?\\[{]", "\\\\$0");
    }

    private static String unescaped(String name) {
        return name.replaceAll("(?s)\\\\(.)", "$1");
    }
}
