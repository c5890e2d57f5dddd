package dev.steward.posix;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process to be started: in a session of its own, with a clean signal mask and default dispositions, standard input from
 * {@code /dev/null}, and no descriptors but 0, 1, 2 and 3.
 *
 * @param argv the program as an absolute path, then its arguments
 * @param environment all of it: nothing is inherited
 * @param directory where it starts
 * @param output a regular file, or none yet: standard output and error are appended to it
 * @param life the locked file that the process holds as descriptor 3 for as long as it lives
 */
public record SpawnRequest(
        List<String> argv, Map<String, String> environment, Path directory, Path output, FileLock life) {}
