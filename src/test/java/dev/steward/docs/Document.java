package dev.steward.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file in Markdown of this repository. */
record Document(Path file, String text) {
    private static final Path ROOT = Path.of(System.getProperty("steward.basedir", "."));

    static Document of(String path) throws IOException {
        var file = ROOT.resolve(path);
        return new Document(file, Files.readString(file));
    }

    /** Those that people read: all of docs/ and the README. */
    static List<Document> all() throws IOException {
        var all = new ArrayList<Document>(List.of(of("README.md")));
        try (var files = Files.list(ROOT.resolve("docs"))) {
            for (var file : files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                all.add(new Document(file, Files.readString(file)));
            }
        }
        return all;
    }

    /** What stands in the fences that begin with exactly these words after the backticks. */
    List<String> blocks(String words) {
        var blocks = new ArrayList<String>();
        var parts = text.split("(?m)^```", -1);
        for (int i = 1; i < parts.length; i += 2) {
            if (parts[i].startsWith(words + "\n")) {
                blocks.add(parts[i].substring(words.length() + 1));
            }
        }
        return blocks;
    }

    /** From a heading, with its number signs, to the next of the same rank. */
    String chapter(String heading) {
        var begin = text.indexOf(heading + "\n");
        if (begin < 0) {
            throw new AssertionError(file + " has no heading " + heading);
        }
        var rank = heading.substring(0, heading.indexOf(' ') + 1);
        var end = text.indexOf("\n" + rank, begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    /** The cells of each row of a chapter's tables, without their heads. */
    List<List<String>> rows(String heading) {
        var rows = new ArrayList<List<String>>();
        var body = false;
        for (var line : chapter(heading).lines().toList()) {
            if (!line.startsWith("|")) {
                body = false;
            } else if (line.startsWith("|--")) {
                body = true;
            } else if (body) {
                rows.add(List.of(line.substring(1).strip().split("(?<!\\\\)\\|", -1)).stream()
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }
}
