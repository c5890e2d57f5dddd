package dev.steward.orders.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds an order's payload in its folder, by the evidence: that was verified when the order was received. */
final class BodyFile {
    /** What sha256sum(1) writes. */
    private static final Pattern LINE = Pattern.compile("[0-9a-f]{64} [ *](?:\\./)?([^/]+)");

    private static final int LARGEST_EVIDENCE = 64 * 1024;

    private BodyFile() {}

    static Optional<Path> in(Path folder, String id) {
        var checksums = folder.resolve("evidence").resolve("checksums.sha256");
        try {
            if (!Files.isRegularFile(checksums, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(checksums) > LARGEST_EVIDENCE) {
                return Optional.empty();
            }
            return new String(Files.readAllBytes(checksums), StandardCharsets.UTF_8)
                    .lines()
                    .map(LINE::matcher)
                    .filter(line -> line.matches() && !line.group(1).equals(id + ".yaml"))
                    .map(line -> folder.resolve(line.group(1)))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
