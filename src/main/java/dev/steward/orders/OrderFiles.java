package dev.steward.orders;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.steward.orders.InboxCheck.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files of an order's folder, read once each, and what was found of them. Paths are relative, and none leads out. */
final class OrderFiles {
    /** More of them are not told one by one. */
    private static final int MOST_EXTRA = 100;

    private final Path folder;
    private final Map<String, Hashing> read = new HashMap<>();
    private final Set<Finding> findings = new LinkedHashSet<>();

    OrderFiles(Path folder) {
        this.folder = folder;
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    long bytes() {
        return read.values().stream().mapToLong(Hashing::size).sum();
    }

    void found(Finding finding) {
        findings.add(finding);
    }

    void unreadable(String file, String reason) {
        findings.add(new Finding.Unreadable(file, reason));
    }

    /** Makes something of a file's bytes. */
    interface Parser<T> {
        /** Refuses them if they aren't such a thing. */
        T parse(byte[] bytes) throws Unreadable;
    }

    /** A small file; empty after a finding. */
    <T> Optional<T> parse(String file, int most, Parser<T> parser) {
        if (size(file).isEmpty()) {
            return Optional.empty();
        }
        try {
            var bytes = Disk.read(folder.resolve(file), most);
            read.put(file, new Hashing(Sha256.of(bytes), bytes.length));
            return Optional.of(parser.parse(bytes));
        } catch (Unreadable e) {
            unreadable(file, e.reason());
        } catch (IOException e) {
            unreadable(file, "cannot be read: " + Disk.reason(e));
        }
        return Optional.empty();
    }

    /** The size of a regular file in the folder; empty after a finding. */
    Optional<Long> size(String file) {
        var path = inside(file);
        if (path.isEmpty()) {
            unreadable(file, "leads out of the order's folder");
            return Optional.empty();
        }
        try {
            for (var parent = path.get().getParent(); parent != null; parent = parent.getParent()) {
                var above = folder.resolve(parent);
                if (Disk.isThere(above) && !Disk.isFolder(above)) {
                    throw new NotDirectoryException(above.toString());
                }
            }
            var facts = Files.readAttributes(folder.resolve(file), BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (facts.isRegularFile()) {
                return Optional.of(facts.size());
            }
            unreadable(file, "is not a regular file");
        } catch (NoSuchFileException e) {
            findings.add(new Finding.Missing(file));
        } catch (NotDirectoryException e) {
            unreadable(file, "lies in what is no folder");
        } catch (IOException e) {
            unreadable(file, "cannot be read: " + Disk.reason(e));
        }
        return Optional.empty();
    }

    /** What lies there; empty after a finding. */
    Optional<Hashing> hash(String file) {
        var before = read.get(file);
        if (before != null) {
            return Optional.of(before);
        }
        if (size(file).isEmpty()) {
            return Optional.empty();
        }
        try {
            var now = Hashing.of(folder.resolve(file));
            read.put(file, now);
            return Optional.of(now);
        } catch (IOException e) {
            unreadable(file, "cannot be read: " + Disk.reason(e));
            return Optional.empty();
        }
    }

    private static Optional<Path> inside(String file) {
        if (file.isEmpty() || file.codePoints().anyMatch(Names::isUnfit)) {
            return Optional.empty();
        }
        var path = Path.of(file);
        return path.isAbsolute() || !path.equals(path.normalize()) || path.startsWith("..")
                ? Optional.empty()
                : Optional.of(path);
    }

    /** Tells what lies in the folder, or with the evidence, and isn't expected. */
    void findExtra(Collection<String> expected) {
        for (var prefix : List.of("", Envelope.EVIDENCE + "/")) {
            try (var all = Files.newDirectoryStream(folder.resolve(prefix))) {
                for (var each : all) {
                    var name = prefix + each.getFileName();
                    if (!expected.contains(name) && findings.size() < MOST_EXTRA) {
                        findings.add(new Finding.Extra(name));
                    }
                }
            } catch (IOException e) {
                unreadable(prefix, "cannot be listed: " + Disk.reason(e));
            }
        }
    }
}
