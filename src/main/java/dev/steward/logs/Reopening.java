package dev.steward.logs;

import dev.steward.config.Command;
import dev.steward.config.LogRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Tells the writers of a renamed log to open it anew: by a signal, or by a program that does. */
final class Reopening implements ByRenaming.Teller {
    private static final int PATIENCE_SECONDS = 30;
    private static final int LONGEST_PID = 20;

    private final Map<String, String> environment;

    /** @param environment what references in a command are resolved from, and what it gets */
    Reopening(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void tell(LogRules.Notify how) throws IOException {
        switch (how) {
            case LogRules.Notify.Signal(var signal, var pidFile) ->
                run(List.of("kill", "-s", signal, Long.toString(pid(pidFile))), Path.of("/"));
            case LogRules.Notify.Run(var command, var directory) -> run(argv(command), directory);
        }
    }

    private List<String> argv(Command command) {
        return switch (command) {
            case Command.Exec(var words) ->
                words.stream().map(word -> word.resolve(environment)).toList();
            case Command.Shell(var line) -> List.of("/bin/sh", "-c", line);
        };
    }

    private static long pid(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(LONGEST_PID), StandardCharsets.US_ASCII).strip();
            if (!text.matches("[1-9][0-9]{0,9}")) {
                throw new IOException(file + " holds no pid");
            }
            return Long.parseLong(text);
        }
    }

    private void run(List<String> argv, Path directory) throws IOException {
        var builder = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        var process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(argv.getFirst() + " did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                // Its arguments may be secrets.
                throw new IOException(argv.getFirst() + " ended with status " + process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the writers were told", e);
        }
    }
}
