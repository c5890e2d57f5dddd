package dev.steward.posix;

import dev.steward.posix.Writers.Seen;
import dev.steward.posix.Writers.Writer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** One look at the open files of every process. For one thread. */
final class WriterScan implements AutoCloseable {
    private static final long INIT = 1;
    private static final int ACCESS_MODE = 3;
    private static final int APPEND = 02000;
    private static final int CLOSE_ON_EXEC = 02000000;

    private final Map<FileKey, Set<Writer>> found = new HashMap<>();
    private final Set<FileKey> files;
    private final long[] inodes;
    private final boolean othersOnly;
    private final long self = ProcessHandle.current().pid();
    private final Arena arena = Arena.ofConfined();
    private final ProcFolders folders;
    private boolean initSeen;
    private boolean complete = true;

    WriterScan(Libc libc, Set<FileKey> files, boolean othersOnly) {
        this.files = files;
        this.othersOnly = othersOnly;
        inodes = files.stream().mapToLong(FileKey::inode).sorted().toArray();
        folders = new ProcFolders(libc, arena);
    }

    Seen look() {
        noteRefusal(folders.each("/proc", (_, name) -> process(Long.parseLong(folders.name(name)))));
        var result = new HashMap<FileKey, List<Writer>>();
        found.forEach((file, writers) -> result.put(file, List.copyOf(writers)));
        // With the option hidepid of proc(5) the processes of others are not even listed.
        return new Seen(result, complete && initSeen);
    }

    private void process(long pid) {
        initSeen |= pid == INIT;
        if (othersOnly && pid == self) {
            return;
        }
        var process = "/proc/" + pid;
        // A first thread that has ended has no files any more, while the others have.
        if (descriptors(pid, process) == 0 && folders.folders(process + "/task") > 1) {
            folders.each(process + "/task", (_, thread) -> descriptors(pid, process + "/task/" + folders.name(thread)));
        }
    }

    private int descriptors(long pid, String task) {
        return noteRefusal(folders.each(task + "/fd", (folder, name) -> {
            var file = lookedFor(folder, name);
            file.ifPresent(key -> match(
                    pid,
                    task,
                    folders.name(name),
                    key,
                    () -> lookedFor(folder, name).equals(file)));
        }));
    }

    /** One that cannot be looked at is none of these, since whoever asks has looked at them. */
    private Optional<FileKey> lookedFor(int folder, long name) {
        if (!folders.look(folder, name) || Arrays.binarySearch(inodes, folders.inode()) < 0) {
            return Optional.empty();
        }
        return Optional.of(new FileKey(folders.device(), folders.inode())).filter(files::contains);
    }

    private int noteRefusal(int result) {
        complete &= result >= 0 || isGone(-result);
        return result;
    }

    private static boolean isGone(int errno) {
        return errno == Errno.ENOENT || errno == Errno.ESRCH;
    }

    private void match(long pid, String task, String number, FileKey file, BooleanSupplier still) {
        var info = task + "/fdinfo/" + number;
        try {
            var flags = flags(read(info));
            if ((flags & ACCESS_MODE) == 0 || (othersOnly && isOnTheWay(task, flags, still))) {
                return;
            }
            var writer = new Writer(pid, read(task + "/comm").strip(), (flags & APPEND) != 0);
            found.computeIfAbsent(file, _ -> new LinkedHashSet<>()).add(writer);
        } catch (IOException refused) {
            // It was closed meanwhile, or its process has ended; whoever may read the one folder may read the other.
            complete &= Files.notExists(Path.of(info));
        }
    }

    /** In octal, on a line of their own. */
    private static int flags(String info) {
        return info.lines()
                .filter(line -> line.startsWith("flags:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring("flags:".length()).strip(), 8))
                .findFirst()
                .orElse(0);
    }

    /**
     * Whether it was a copy of this process that closes the file as it becomes another program. In between it has no arguments; once it
     * has others, the file is closed.
     */
    private static boolean isOnTheWay(String task, int flags, BooleanSupplier still) throws IOException {
        if ((flags & CLOSE_ON_EXEC) == 0) {
            return false;
        }
        var arguments = read(task + "/cmdline");
        return arguments.isEmpty() || arguments.equals(read("/proc/self/cmdline")) || !still.getAsBoolean();
    }

    private static String read(String file) throws IOException {
        return new String(Files.readAllBytes(Path.of(file)), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        arena.close();
    }
}
