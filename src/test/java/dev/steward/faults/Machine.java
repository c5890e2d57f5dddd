package dev.steward.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What runs on this machine, as proc(5) tells it. A zombie does not run. */
final class Machine {
    private Machine() {}

    /** A process and its arguments. */
    record Running(long pid, List<String> arguments) {}

    /** Those that have an argument that begins so. */
    static List<Running> with(String argument) throws IOException {
        var found = new ArrayList<Running>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : all) {
                arguments(process)
                        .filter(words -> words.stream().anyMatch(word -> word.startsWith(argument)))
                        .map(words -> new Running(Long.parseLong(String.valueOf(process.getFileName())), words))
                        .ifPresent(found::add);
            }
        }
        return found;
    }

    private static Optional<List<String>> arguments(Path process) {
        try {
            // A zombie has none.
            var line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return line.isEmpty() ? Optional.empty() : Optional.of(List.of(line.split("\0", -1)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The children of a process that have ended and that it has not buried. */
    static long zombiesOf(long parent) throws IOException {
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            var count = 0;
            for (var process : all) {
                if (stat(process)
                        .filter(fields -> fields[0].equals("Z") && fields[1].equals(Long.toString(parent)))
                        .isPresent()) {
                    count++;
                }
            }
            return count;
        }
    }

    private static Optional<String[]> stat(Path process) {
        try {
            var line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" ", -1));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }
}
