package dev.steward.cli;

import dev.steward.cli.Caller.Pause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A command that was run in this process, and what came of it. */
record Ran(int status, String out, String err) {
    /** Runs commands as somebody would from a shell. */
    record Shell(Path here, Map<String, String> environment, boolean terminal, Pause pause, String input) {
        static Shell at(Path here) {
            return new Shell(here, Map.of("STEWARD_HOME", here.toString()), false, _ -> {}, "");
        }

        Shell with(String name, String value) {
            var more = new HashMap<>(environment);
            more.put(name, value);
            return new Shell(here, more, terminal, pause, input);
        }

        Shell onATerminal() {
            return new Shell(here, environment, true, pause, input);
        }

        Shell pausing(Pause pause) {
            return new Shell(here, environment, terminal, pause, input);
        }

        /** With this at its standard input. */
        Shell given(String text) {
            return new Shell(here, environment, terminal, pause, text);
        }

        Ran run(String... args) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            var status = Cli.run(caller(out, err), args);
            return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }

        Caller caller(ByteArrayOutputStream out, ByteArrayOutputStream err) {
            var streams = new Terminal(
                    new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                    new Output(out),
                    new PrintStream(err, false, StandardCharsets.UTF_8),
                    terminal);
            return new Caller(environment, here, streams, pause, InstantSource.system());
        }
    }
}
