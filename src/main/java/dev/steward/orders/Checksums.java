package dev.steward.orders;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The lines of {@code evidence/checksums.sha256}, as {@code sha256sum(1)} writes and reads them. Pure.
 *
 * @param lines in the file's order
 */
record Checksums(List<Line> lines) {
    static final String FILE = "checksums.sha256";
    static final String PATH = Envelope.EVIDENCE + "/" + FILE;
    static final int MAX_BYTES = 1024 * 1024;

    private static final Pattern WRITTEN = Pattern.compile("(\\\\?)([0-9a-fA-F]{64}) [ *](.+)", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\nr])");
    private static final Pattern ESCAPED_WELL = Pattern.compile("[^\\\\]*+(?:\\\\[\\\\nr][^\\\\]*+)*+");

    Checksums {
        lines = List.copyOf(lines);
    }

    /**
     * One file's checksum.
     *
     * @param sha256 in lower-case hexadecimal
     * @param path relative to the order's folder, with slashes
     */
    record Line(String sha256, String path) {}

    /** The file's text. */
    String text() {
        var text = new StringBuilder();
        for (var line : lines) {
            var escaped = escaped(line.path());
            // The backslash at the begin says that the name is escaped.
            text.append(escaped.equals(line.path()) ? "" : "\\")
                    .append(line.sha256())
                    .append("  ")
                    .append(escaped)
                    .append('\n');
        }
        return text.toString();
    }

    /** Reads a file of such lines, which is UTF-8. */
    static Checksums read(byte[] bytes) throws Unreadable {
        return read(Utf8.decode(bytes)).orElseThrow(() -> new Unreadable("is no list of checksums, one for each file"));
    }

    /** Reads such a text; empty if a line is none, a file stands there twice, or there is no line. */
    static Optional<Checksums> read(String text) {
        var lines = new ArrayList<Line>();
        var paths = new HashSet<String>();
        for (var line : text.split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            var match = WRITTEN.matcher(line);
            if (!match.matches()) {
                return Optional.empty();
            }
            var path = match.group(1).isEmpty() ? Optional.of(match.group(3)) : unescaped(match.group(3));
            if (path.isEmpty()) {
                return Optional.empty();
            }
            var plain = path.get().startsWith("./") ? path.get().substring(2) : path.get();
            if (!paths.add(plain)) {
                return Optional.empty();
            }
            lines.add(new Line(match.group(2).toLowerCase(Locale.ROOT), plain));
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Checksums(lines));
    }

    /** The checksum of a file, if there is one. */
    Optional<String> of(String path) {
        return lines.stream()
                .filter(line -> line.path().equals(path))
                .map(Line::sha256)
                .findFirst();
    }

    private static String escaped(String path) {
        return path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static Optional<String> unescaped(String path) {
        return ESCAPED_WELL.matcher(path).matches()
                ? Optional.of(ESCAPE.matcher(path).replaceAll(escape -> switch (escape.group(1)) {
                    case "n" -> "\n";
                    case "r" -> "\r";
                    default -> "\\\\";
                }))
                : Optional.empty();
    }
}
