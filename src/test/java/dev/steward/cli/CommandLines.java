package dev.steward.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/** The command line in this process, for tests outside of this package. */
public final class CommandLines {
    private CommandLines() {}

    /** What came of a command. */
    public record Result(int status, String out, String err) {}

    /** All commands and options; to be parsed with, not run. */
    public static CommandLine model() {
        return Cli.line(caller(Path.of("/"), Map.of(), new ByteArrayOutputStream(), new ByteArrayOutputStream()));
    }

    public static Result run(Path here, Map<String, String> environment, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = Cli.run(caller(here, environment, out, err), args);
        return new Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Caller caller(
            Path here, Map<String, String> environment, ByteArrayOutputStream out, ByteArrayOutputStream err) {
        var terminal = new Terminal(
                InputStream.nullInputStream(),
                new Output(out),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                false);
        Caller.Pause pause = time -> {
            if (new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("nobody counts this down");
            }
        };
        return new Caller(environment, here, terminal, pause, InstantSource.system());
    }
}
