package dev.steward.posix;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
        return stat(pid).map(ProcessInfo::identity);
    }

    @Override
    public OptionalLong session(long pid) {
        return stat(pid).map(process -> OptionalLong.of(process.session())).orElse(OptionalLong.empty());
    }

    boolean lives(long pid) {
        return stat(pid).isPresent();
    }

    @Override
    public List<ProcessInfo> snapshot() {
        var found = new ArrayList<ProcessInfo>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root, "[0-9]*")) {
            for (var entry : entries) {
                stat(Long.parseLong(entry.getFileName().toString())).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new UnsupportedSystem(root + " cannot be read: " + e.getMessage());
        }
        return found;
    }

    /** Fields after the program's name, which may hold anything, also brackets: state is field 3 of proc_pid_stat(5). */
    private Optional<ProcessInfo> stat(long pid) {
        return read(root.resolve(pid + "/stat")).flatMap(line -> {
            var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
            var state = fields[0].charAt(0);
            if (state == 'Z' || state == 'X' || state == 'x') {
                return Optional.empty();
            }
            var identity = new Identity(pid, Long.parseLong(fields[19]), boot);
            return Optional.of(new ProcessInfo(
                    identity, Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3])));
        });
    }

    @Override
    public Map<String, String> environment(long pid) {
        var variables = new HashMap<String, String>();
        var assignments = read(root.resolve(pid + "/environ"), StandardCharsets.UTF_8);
        for (var assignment : assignments.orElse("").split("\0", -1)) {
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
        var pids = new ArrayList<Long>();
        for (var word : read(orphans).orElse("").split(" ", -1)) {
            if (!word.isBlank()) {
                pids.add(Long.parseLong(word.strip()));
            }
        }
        return pids;
    }

    /** For what is looked at by position: a program's name may hold any bytes. */
    private static Optional<String> read(Path file) {
        return read(file, StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> read(Path file, Charset charset) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), charset));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
