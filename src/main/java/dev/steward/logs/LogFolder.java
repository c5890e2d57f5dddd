package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The files that belong to one log: the live file and, beside it, its archives and what is becoming one. */
final class LogFolder {
    /** Others need not see what is not finished. */
    private static final int OWNER_ONLY = 0600;

    private final OpenFiles files;
    private final Path log;
    private final Path folder;

    LogFolder(OpenFiles files, Path log) {
        this.files = files;
        this.log = log;
        folder = Objects.requireNonNull(log.getParent(), "a log has a folder");
    }

    Path log() {
        return log;
    }

    Path path() {
        return folder;
    }

    /** What the kernel keeps of the folder, also where a symbolic link leads to it. */
    FileFacts facts() throws IOException {
        return files.facts(folder.toRealPath());
    }

    /** What the live log is called. */
    String name() {
        return String.valueOf(log.getFileName());
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    Path path(Archive archive) {
        return path(archive.nameFor(name()));
    }

    OpenFile live() throws IOException {
        return files.update(log);
    }

    OpenFile openRead(String file) throws IOException {
        return files.read(path(file));
    }

    /** One that Steward has made: with a second name it is not, whoever put it there since it was looked at. */
    OpenFile openUpdate(String file) throws IOException {
        var open = files.update(path(file));
        try {
            var facts = open.facts();
            if (!facts.regular() || facts.links() != 1) {
                throw new IOException(path(file) + " was replaced by somebody else. Remove it");
            }
            return open;
        } catch (IOException e) {
            open.close();
            throw e;
        }
    }

    /** A new file, for its owner alone; one of that name must not be there. */
    OpenFile create(String file) throws IOException {
        return files.create(path(file), OWNER_ONLY);
    }

    /** The names of what is there and may belong to the log. */
    List<String> names() throws IOException {
        var names = new ArrayList<String>();
        try (var all = Files.newDirectoryStream(folder, this::mayBelong)) {
            all.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (DirectoryIteratorException e) {
            throw failure(folder, "cannot be listed", Objects.requireNonNull(e.getCause()));
        } catch (FileSystemException e) {
            throw failure(folder, "cannot be listed", e);
        }
        return names;
    }

    private boolean mayBelong(Path file) {
        var each = String.valueOf(file.getFileName());
        return each.startsWith(name()) || each.startsWith("." + name());
    }

    Archives archives() throws IOException {
        return Archives.among(names(), name());
    }

    /** What has that name; empty if nothing does. */
    Optional<FileFacts> facts(String file) throws SystemFailure {
        try {
            return Optional.of(files.facts(path(file)));
        } catch (SystemFailure e) {
            if (e.kind() == SystemFailure.Kind.MISSING) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether both forms of one number hold the same: then somebody was killed before the plain one was removed. */
    boolean isDouble(Archive plain) throws IOException {
        return Gzip.isFormOf(path(plain), path(plain.inGzip()));
    }

    void rename(String from, String to) throws IOException {
        try {
            Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            throw failure(path(from), "cannot be renamed to " + to, e);
        }
    }

    void delete(String file) throws IOException {
        try {
            Files.deleteIfExists(path(file));
        } catch (FileSystemException e) {
            throw failure(path(file), "cannot be deleted", e);
        }
    }

    /** What the JDK throws says of some failures no more than the path. */
    private static IOException failure(Path file, String what, IOException e) {
        var why = switch (e) {
            case NoSuchFileException _ -> "there is none";
            case AccessDeniedException _ -> "no right to do so";
            case FileSystemException other -> Objects.requireNonNullElse(other.getReason(), other.toString());
            default -> String.valueOf(e.getMessage());
        };
        return new IOException(file + " " + what + ": " + why, e);
    }

    /** After this what was renamed is so even if the power goes. */
    void sync() throws IOException {
        files.syncFolder(folder);
    }
}
