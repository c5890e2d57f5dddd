package dev.steward.logs;

import dev.steward.config.Command;
import dev.steward.config.LogRules;
import dev.steward.config.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tells the writers of a renamed log to open it anew: by a signal, or by a program that does. */
final class Reopening implements ByRenaming.Teller {
    private static final int PATIENCE_SECONDS = 5;
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
                run("kill", List.of("kill", "-s", signal, Long.toString(pid(pidFile))), Path.of("/"));
            case LogRules.Notify.Run(Command.Exec(var words), var directory) ->
                run(words.getFirst().template(), argv(words), directory);
            case LogRules.Notify.Run(Command.Shell(var line), var directory) ->
                run("the command", List.of("/bin/sh", "-c", line), directory);
        }
    }

    /** By env(1), which finds the program in the PATH of that environment; the JDK would in its own. */
    private List<String> argv(List<Text> words) throws IOException {
        try {
            var resolved = words.stream().map(word -> word.resolve(environment));
            return Stream.concat(Stream.of("/usr/bin/env"), resolved).toList();
        } catch (Text.UnresolvedReference e) {
            throw new IOException("the writers are not told: " + e.getMessage(), e);
        }
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

    /** @param name what it is called to people: its arguments may be secrets */
    private void run(String name, List<String> argv, Path directory) throws IOException {
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
                throw new IOException(name + " did not end within " + PATIENCE_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(name + " ended with status " + process.exitValue());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the writers were told", e);
        }
    }
}
