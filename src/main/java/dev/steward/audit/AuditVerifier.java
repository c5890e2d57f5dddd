package dev.steward.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Checks the chain of an audit trail, in one pass with constant memory, while others may append: what was there at the begin is
 * checked.
 *
 * <p>It finds every changed, added, doubled, moved or missing line, except at the end: nothing yet vouches for the last line, and
 * lines cut off the end leave a shorter chain that is sound. Both change the head, so compare it with one kept elsewhere.
 */
public final class AuditVerifier {
    /** Bytes that one thread reads at a time. */
    private static final long STRETCH = 1 << 22;

    private AuditVerifier() {}

    /** What was found. */
    public sealed interface Verdict {
        /**
         * Every record is chained to the one before it.
         *
         * @param sealedOldLines lines from before the chain, sealed by its first record
         * @param headHash SHA-256 of the last record
         * @param tornTail of what stands after the last newline: being written, or interrupted; not part of the chain
         */
        record Intact(long records, long sealedOldLines, String headHash, Optional<String> tornTail)
                implements Verdict {}

        /**
         * It is not what was written.
         *
         * @param lineNumber the first bad line, from 1
         * @param seq of that line, 0 if it has none
         * @param reason for people
         */
        record Broken(long lineNumber, long seq, String reason) implements Verdict {}

        /** There are lines but no record, so nothing says whether they are what was written. */
        record Unchained(long lines, Optional<String> tornTail) implements Verdict {}

        /** There is no such file. */
        record Missing() implements Verdict {}
    }

    /**
     * Checks the file.
     *
     * @throws AuditException if it cannot be read
     */
    public static Verdict verify(Path file) throws AuditException {
        if (Files.notExists(file)) {
            return new Verdict.Missing();
        }
        try (LineFile lines = LineFile.toRead(file)) {
            return verify(lines);
        } catch (IOException e) {
            throw AuditException.of(file, "verifying", e, "Check the path and its rights");
        }
    }

    private static Verdict verify(LineFile file) throws IOException {
        long size = file.size();
        long bound = file.newlineBefore(size, 1) + 1;
        Optional<String> torn = size == bound
                ? Optional.empty()
                : Optional.of(
                        (size - bound) + " bytes after the last newline: being written, or a write was interrupted");
        return new ChainCheck(file, bound).verdict(STRETCH, torn);
    }
}
