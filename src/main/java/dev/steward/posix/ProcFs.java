package dev.steward.posix;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Linux: proc(5). A process that ends while it is looked at is simply not there. */
final class ProcFs implements Processes {
    /** What the kernel says of a process that ends while its file is read. */
    private static final String NO_SUCH_PROCESS = "No such process";

    /** Start times are in hundredths of a second, whatever the kernel's own clock: USER_HZ in time(7). */
    private static final long NANOS_PER_TICK = 10_000_000;

    private final Path root;
    private final String boot;
    private final Path orphans;

    ProcFs(Path root) {
        this.root = root;
        this.boot = read(root.resolve("sys/kernel/random/boot_id"))
                .map(String::strip)
                .orElseThrow(() -> new UnsupportedSystem(root + " is not there: Steward needs the proc file system."));
        var self = ProcessHandle.current().pid();
        // The JVM's first thread starts no process of its own, so what it is parent of was inherited.
        this.orphans = root.resolve(self + "/task/" + self + "/children");
    }

    @Override
    public String boot() {
        return boot;
    }

    @Override
    public Optional<Identity> identify(long pid) {
        return living(pid).map(ProcessInfo::identity);
    }

    @Override
    public OptionalLong session(long pid) {
        return living(pid).map(process -> OptionalLong.of(process.session())).orElse(OptionalLong.empty());
    }

    @Override
    public Optional<ProcessInfo> find(long pid) {
        return stat(pid).map(stat -> stat.process(pid, boot));
    }

    boolean lives(long pid) {
        return living(pid).isPresent();
    }

    private Optional<ProcessInfo> living(long pid) {
        return stat(pid).filter(stat -> !stat.dead()).map(stat -> stat.process(pid, boot));
    }

    /** How a zombie ended, from somebody else's child too; empty if it is none, or the kernel keeps it from this user. */
    Optional<ExitStatus> statusOfZombie(long pid) {
        var stat = stat(pid);
        if (stat.isEmpty() || !stat.get().dead()) {
            return Optional.empty();
        }
        // To those who may not know, the kernel says 0.
        if (stat.get().waitStatus() == 0
                && target(root.resolve(pid + "/ns/user")).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ExitStatus.ofWaitStatus(stat.get().waitStatus()));
    }

    @Override
    public List<ProcessInfo> snapshot() {
        var found = new ArrayList<ProcessInfo>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
            for (var entry : entries) {
                living(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new UnsupportedSystem(root + " cannot be read: " + e.getMessage());
        }
        return found;
    }

    private Optional<Stat> stat(long pid) {
        return read(root.resolve(pid + "/stat")).map(Stat::new);
    }

    /**
     * The fields after the program's name, which may hold anything, also brackets: state is field 3 of proc_pid_stat(5).
     */
    private record Stat(List<String> fields) {
        Stat(String line) {
            this(List.of(line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1)));
        }

        private long field(int number) {
            return Long.parseLong(fields.get(number - 3));
        }

        /** A first thread that has ended leaves its process alive if there are others. */
        boolean dead() {
            var state = fields.getFirst();
            return state.equals("Z") ? field(20) <= 1 : state.equals("X") || state.equals("x");
        }

        int waitStatus() {
            return (int) field(52);
        }

        ProcessInfo process(long pid, String boot) {
            return new ProcessInfo(new Identity(pid, field(22), boot), field(4), field(5), field(6));
        }
    }

    /** By the clock of proc_uptime(5), which counts from boot, as the start times do. */
    @Override
    public Optional<Duration> age(Identity identity) {
        return read(root.resolve("uptime")).map(line -> {
            var up = new BigDecimal(line.substring(0, line.indexOf(' ')))
                    .movePointRight(9)
                    .longValue();
            return Duration.ofNanos(Math.max(0, up - identity.start() * NANOS_PER_TICK));
        });
    }

    @Override
    public Map<String, String> environment(long pid) {
        var variables = new HashMap<String, String>();
        for (var assignment : environ(pid).split("\0", -1)) {
            var equals = assignment.indexOf('=');
            if (equals > 0) {
                variables.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
        }
        return variables;
    }

    @Override
    public Set<String> openFiles(long pid) {
        var files = new HashSet<String>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(root.resolve(pid + "/fd"))) {
            for (var descriptor : descriptors) {
                target(descriptor).ifPresent(files::add);
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return Set.of();
        }
        return files;
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public List<Long> orphans() {
        return pids(orphans);
    }

    /** By the lists of children that each thread has: a look at the whole machine would take as long as it has processes. */
    @Override
    public List<Identity> descendants(long pid) {
        var found = new ArrayList<Identity>();
        var parents = new ArrayDeque<>(List.of(pid));
        while (!parents.isEmpty()) {
            for (var child : children(parents.remove())) {
                identify(child).ifPresent(found::add);
                parents.add(child);
            }
        }
        return found;
    }

    private List<Long> children(long pid) {
        var all = new ArrayList<Long>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(root.resolve(pid + "/task"))) {
            for (var thread : threads) {
                all.addAll(pids(thread.resolve("children")));
            }
        } catch (IOException | DirectoryIteratorException gone) {
            return all;
        }
        return all;
    }

    private static List<Long> pids(Path list) {
        var pids = new ArrayList<Long>();
        for (var word : read(list).orElse("").split(" ", -1)) {
            if (!word.isBlank()) {
                pids.add(Long.parseLong(word.strip()));
            }
        }
        return pids;
    }

    /** One that may not be read is not this user's business, and so none of this user's agents. */
    private String environ(long pid) {
        try {
            return new String(Files.readAllBytes(root.resolve(pid + "/environ")), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * For what is looked at by position: a program's name may hold any bytes. What is gone is not there; what could not be found out
     * must not look the same.
     */
    private static Optional<String> read(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            if (e instanceof NoSuchFileException || NO_SUCH_PROCESS.equals(e.getMessage()) || Files.notExists(file)) {
                return Optional.empty();
            }
            throw new UnsupportedSystem(file + " cannot be read: " + e.getMessage());
        }
    }
}
