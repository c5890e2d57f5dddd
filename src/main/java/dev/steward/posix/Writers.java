package dev.steward.posix;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which processes have files open for writing, by the lists of open files in proc_pid_fd(5): some microseconds for each process
 * of the machine and for each file that one has open. Processes outside of this one's PID namespace are not seen. A file that is
 * mapped and no longer open, or on its way through a socket, is not open. Thread-safe.
 */
public final class Writers {
    private final Libc libc;
    private final Os os;

    Writers(Libc libc, Os os) {
        this.libc = libc;
        this.os = os;
    }

    /** Everybody who has one of these files open for writing at this moment. */
    public Seen of(Set<FileKey> files) {
        return look(files, false);
    }

    /** The same without this process, and without a child of it that has not yet become another program. */
    public Seen ofOthers(Set<FileKey> files) {
        return look(files, true);
    }

    private Seen look(Set<FileKey> files, boolean othersOnly) {
        return switch (os) {
            case LINUX -> {
                try (var scan = new WriterScan(libc, files, othersOnly)) {
                    yield scan.look();
                }
            }
            case MACOS, OTHER -> new Seen(Map.of(), false);
        };
    }

    /**
     * What was seen.
     *
     * @param writers of each file that has any
     * @param complete whether every process let its files be seen; never on macOS, and hardly ever for anybody but root
     */
    public record Seen(Map<FileKey, List<Writer>> writers, boolean complete) {
        /** Those of one file. */
        public List<Writer> of(FileKey file) {
            return writers.getOrDefault(file, List.of());
        }
    }

    /**
     * Who has a file open for writing.
     *
     * @param program its name as the kernel keeps it, of 15 bytes at most
     * @param appends whether whatever it writes goes to the end: O_APPEND of open(2). One process may have a file open in both ways,
     *     and is two writers then.
     */
    public record Writer(long pid, String program, boolean appends) {}
}
