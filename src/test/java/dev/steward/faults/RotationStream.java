package dev.steward.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** The numbered lines of a log and its archives, as somebody reads them who knows the names of archives and nothing else. */
final class RotationStream {
    private static final int BLOCK = 1 << 16;

    private final Path log;
    private long expected;
    private long archives;

    RotationStream(Path log) {
        this.log = log;
    }

    /** How many lines were read, each there once and in order. */
    long lines() {
        return expected;
    }

    /** How many archives they were in. */
    long archives() {
        return archives;
    }

    /** Reads all archives but the newest, and removes them: else there would be thousands. */
    void drain() throws IOException {
        for (var archive : oldestFirst().entrySet()) {
            if (archive.getKey() > 1) {
                read(archive.getKey(), archive.getValue());
            }
        }
    }

    /** Reads what is left, up to the end of the live log. */
    void finish() throws IOException {
        for (var archive : oldestFirst().entrySet()) {
            read(archive.getKey(), archive.getValue());
        }
        try (var in = new PushbackInputStream(Files.newInputStream(log), BLOCK)) {
            skipHole(in);
            readLines(in, "the live log");
        }
    }

    private void read(int number, Path archive) throws IOException {
        var compressed = archive.toString().endsWith(".gz");
        try (var in = Files.newInputStream(archive);
                var lines = compressed ? new GZIPInputStream(in) : in) {
            readLines(lines, archive.getFileName().toString());
        }
        archives++;
        Files.delete(archive);
        // Both forms are there if somebody was killed before the first was removed.
        if (!compressed) {
            Files.deleteIfExists(log.resolveSibling(log.getFileName() + "." + number + ".gz"));
        }
    }

    private void readLines(InputStream in, String where) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, US_ASCII), 1 << 16);
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isBlank()) {
                continue;
            }
            assertThat(line).as("in %s, after line %s", where, expected - 1).startsWith(expected + " ");
            expected++;
        }
    }

    /** It may be larger than memory. */
    private static void skipHole(PushbackInputStream in) throws IOException {
        var block = new byte[BLOCK];
        for (var count = in.read(block); count > 0; count = in.read(block)) {
            for (var i = 0; i < count; i++) {
                if (block[i] != 0) {
                    in.unread(block, i, count - i);
                    return;
                }
            }
        }
    }

    private Map<Integer, Path> oldestFirst() throws IOException {
        var numbers = new TreeMap<Integer, Path>(Comparator.reverseOrder());
        for (var file : files()) {
            var number = file.getFileName()
                    .toString()
                    .substring(log.getFileName().toString().length())
                    .replaceAll("^\\.|\\.gz$", "");
            if (!number.isEmpty()) {
                // The plain form comes first, and is whole in any case.
                numbers.putIfAbsent(Integer.parseInt(number), file);
            }
        }
        return numbers;
    }

    private List<Path> files() throws IOException {
        try (var all = Files.list(log.resolveSibling(""))) {
            return all.filter(file -> file.getFileName()
                            .toString()
                            .startsWith(log.getFileName().toString()))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    /** What is hidden beside the log. */
    List<String> hidden() throws IOException {
        try (var all = Files.list(log.resolveSibling(""))) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }
}
