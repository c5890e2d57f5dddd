package dev.steward.audit;

import dev.steward.audit.AuditVerifier.Verdict;
import dev.steward.audit.AuditVerifier.Verdict.Broken;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** Goes through the whole lines of a trail, by stretches; where anything is unusual, line by line. */
final class ChainCheck {
    private final LineFile file;
    private final long bound;
    private final OldLines old;
    private final Chain chain;

    /** How far it was checked; a line begins there. */
    private long at;

    /** @param bound follows a newline */
    ChainCheck(LineFile file, long bound) throws IOException {
        this.file = file;
        this.bound = bound;
        old = OldLines.of(file, bound);
        chain = Chain.after(old);
        at = old.end();
    }

    /**
     * What is to be said of the trail.
     *
     * @param length of a stretch
     * @param torn on the bytes behind the bound
     */
    Verdict verdict(long length, Optional<String> torn) throws IOException {
        if (old.first().isEmpty()) {
            return old.lines() == 0
                    ? new Verdict.Intact(0, 0, Hashes.ZEROS, torn)
                    : new Verdict.Unchained(old.lines(), torn);
        }
        Optional<Broken> wrong = chain.begin(old.first().get());
        if (wrong.isEmpty()) {
            wrong = firstBroken(length);
        }
        return wrong.isPresent() ? wrong.get() : end(torn);
    }

    private Optional<Broken> firstBroken(long length) throws IOException {
        try (var stretches = new Stretches(file, at, bound, length)) {
            for (long from = at; from < bound; from += length) {
                Optional<Stretch> stretch = stretches.next();
                if (stretch.isPresent() && chain.follows(stretch.get())) {
                    at = Math.max(at, stretch.get().end());
                    continue;
                }
                Optional<Broken> broken = lineByLine(Math.min(bound, from + length));
                if (broken.isPresent()) {
                    return broken;
                }
            }
            return Optional.empty();
        }
    }

    /** Checks the lines that begin before an offset. */
    private Optional<Broken> lineByLine(long to) throws IOException {
        var scanner = new LineScanner(file, at, bound);
        while (at < to) {
            Line line = scanner.next();
            if (line == null) {
                throw new EOFException("the file became shorter while it was read");
            }
            Link link = line.shape().isPresent() ? line.shape().get() : Tail.link(file, line.start(), line.end());
            Optional<Broken> broken = chain.accept(link, line.hash());
            if (broken.isPresent()) {
                return broken;
            }
            at = line.end() + 1;
        }
        return Optional.empty();
    }

    // No other line vouches for what is inside the last one, so that much is asked of it.
    private Verdict end(Optional<String> torn) throws IOException {
        return switch (Tail.link(file, file.newlineBefore(at - 1, 1) + 1, at - 1)) {
            case Link.Unchained(String why) -> new Broken(chain.lines(), 0, why);
            case Link.Chained _ ->
                new Verdict.Intact(chain.records(), old.lines(), chain.head().hash(), torn);
        };
    }
}
