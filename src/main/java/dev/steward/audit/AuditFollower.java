package dev.steward.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Goes on with what is appended to an audit trail. For one thread. */
public final class AuditFollower {
    private final Path file;
    private LineFile.Identity identity;
    private long at;

    AuditFollower(Path file, LineFile.Identity identity, long at) {
        this.file = file;
        this.identity = identity;
        this.at = at;
    }

    /**
     * Gives the whole lines that came since it was last asked. Of a file that became shorter, or has another in its place, all; while
     * there is none, nothing.
     *
     * @return whether it began anew
     * @throws AuditException if the file cannot be read
     */
    public boolean news(Consumer<String> to) throws AuditException {
        return Files.exists(file)
                && AuditReader.reading(file, lines -> {
                    boolean anew = !lines.identity().equals(identity) || lines.size() < at;
                    if (anew) {
                        identity = lines.identity();
                        at = 0;
                    }
                    if (lines.size() > at) {
                        long end = lines.newlineBefore(lines.size(), 1) + 1;
                        lines.copy(at, end, new LineSplitter(to));
                        at = Math.max(at, end);
                    }
                    return anew;
                });
    }
}
