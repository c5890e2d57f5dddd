package dev.steward.cli;

import dev.steward.bus.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;

/** Reads the result that somebody hands in: of a long one the end, in constant memory. */
final class OrderResult {
    static final String OPTION =
            "What came of it, as text, kept with the order; - is standard input. Of more than 65536"
                    + " characters the end is kept.";

    /** A character has at most four bytes. */
    private static final int KEPT = 4 * Result.OUTPUT_LIMIT;

    private OrderResult() {}

    static String read(Root root, Optional<String> file) throws Failure, IOException {
        if (file.isEmpty()) {
            return "";
        }
        if (file.get().equals("-")) {
            return end(root.caller().terminal().in());
        }
        var path = InputFile.of(root, "--result", file.get());
        try (var in = Files.newInputStream(path)) {
            if (Files.isRegularFile(path)) {
                in.skipNBytes(Math.max(0, Files.size(path) - KEPT));
            }
            return end(in);
        }
    }

    static String end(InputStream in) throws IOException {
        var ring = new byte[KEPT];
        var total = 0L;
        var read = in.read(ring, 0, KEPT);
        while (read >= 0) {
            total += read;
            var at = (int) (total % KEPT);
            read = in.read(ring, at, KEPT - at);
        }
        return text(ring, total);
    }

    private static String text(byte[] ring, long total) {
        if (total <= KEPT) {
            return cut(new String(ring, 0, (int) total, StandardCharsets.UTF_8));
        }
        var at = (int) (total % KEPT);
        var whole = Arrays.copyOf(ring, KEPT);
        System.arraycopy(ring, at, whole, 0, KEPT - at);
        System.arraycopy(ring, 0, whole, KEPT - at, at);
        return cut(new String(whole, StandardCharsets.UTF_8));
    }

    /** Not between the two halves of a character. */
    private static String cut(String text) {
        var from = Math.max(0, text.length() - Result.OUTPUT_LIMIT);
        return text.substring(from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
