package dev.steward.logs;

import dev.steward.posix.FileFacts;
import dev.steward.posix.OpenFile;
import dev.steward.posix.OpenFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
            throw e.getCause();
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

    void rename(String from, String to) throws IOException {
        Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
    }

    void delete(String file) throws IOException {
        Files.deleteIfExists(path(file));
    }

    /** After this what was renamed is so even if the power goes. */
    void sync() throws IOException {
        files.syncFolder(folder);
    }
}
