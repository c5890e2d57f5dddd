package dev.steward.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a daemon in the background says from a moment on: the first of it that is still in the live file, should that have been cut.
 */
record DaemonLog(Path file, long from) {
    private static final int MOST = 16 * 1024;

    static DaemonLog at(Path file) throws IOException {
        return new DaemonLog(file, Files.exists(file) ? Files.size(file) : 0);
    }

    String since() throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        try (var in = Files.newInputStream(file)) {
            // A file that is shorter than it was begins later than it did: all of it is new, or more than is wanted.
            in.skip(Files.size(file) < from ? 0 : from);
            return new String(in.readNBytes(MOST), StandardCharsets.UTF_8).stripLeading();
        }
    }
}
