package dev.steward.orders.work;

import dev.steward.bus.Result;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What handlers write. Nothing stands between a handler and its file; one that writes too much loses the beginning of it, for the end
 * is what tells.
 */
final class Output {
    /** What may stay on the disk; a look later. */
    static final long ENOUGH = 1 << 20;

    /** What is kept of more: as many characters as a result has room for, of up to four bytes each. */
    private static final long KEPT = Result.OUTPUT_LIMIT * 4L;

    private static final int BLOCK = 4096;
    private static final int BLOCK_OF_FACTS = 512;

    private final OpenFiles files;

    Output(OpenFiles files) {
        this.files = files;
    }

    /** Gives back the space of the beginning, if the file takes too much of it. The handler goes on, whatever comes. */
    void bound(Path file) throws SystemFailure {
        var facts = files.facts(file);
        if (!facts.regular() || facts.blocks512() * BLOCK_OF_FACTS <= ENOUGH) {
            return;
        }
        try (var open = files.update(file)) {
            var head = (facts.size() - KEPT) / BLOCK * BLOCK;
            try {
                if (head > 0) {
                    open.punch(0, head);
                }
            } catch (SystemFailure e) {
                switch (e.kind()) {
                    // It is appended to, so the handler writes on at the new end.
                    case NOT_SUPPORTED, INVALID -> open.truncate(0);
                    case NO_SPACE, NOT_PERMITTED, MISSING, EXISTS, SYMLINK, BUSY, NOT_A_FILE, OTHER -> throw e;
                }
            }
        }
    }

    /** The end of a file: as many characters as a result has room for; empty if there is none. */
    String end(Path file) throws IOException {
        try (var open = files.read(file)) {
            var facts = open.facts();
            if (!facts.regular()) {
                return "";
            }
            var from = Math.max(0, facts.size() - KEPT);
            var bytes = ByteBuffer.allocate((int) Math.min(facts.size(), KEPT));
            open.readFully(bytes, from);
            return cut(text(bytes.flip(), from > 0));
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.MISSING) {
                return "";
            }
            throw e;
        }
    }

    /** What was cut off at its head may begin within a character, which is up to three bytes too many. */
    private static String text(ByteBuffer bytes, boolean cutOff) throws IOException {
        while (cutOff && bytes.hasRemaining() && (bytes.get(bytes.position()) & 0xc0) == 0x80) {
            bytes.get();
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .decode(bytes)
                .toString();
    }

    private static String cut(String text) {
        if (text.length() <= Result.OUTPUT_LIMIT) {
            return text;
        }
        var from = text.length() - Result.OUTPUT_LIMIT;
        return text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }
}
