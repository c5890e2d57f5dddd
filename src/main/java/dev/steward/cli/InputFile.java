package dev.steward.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that somebody named to be read. */
final class InputFile {
    private InputFile() {}

    /**
     * The file, which may be a pipe.
     *
     * @param option for messages
     * @throws Failure if there is nothing to be read
     */
    static Path of(Root root, String option, String name) throws Failure {
        var file = root.path(name);
        if (Files.isDirectory(file)) {
            throw new Failure(Exit.NO_INPUT, option + ": " + file + " is a folder");
        }
        if (Files.notExists(file)) {
            throw new Failure(Exit.NO_INPUT, option + ": there is no file " + file);
        }
        if (!Files.isReadable(file)) {
            throw new Failure(Exit.NOT_PERMITTED, option + ": " + file + " may not be read by this user");
        }
        return file;
    }
}
