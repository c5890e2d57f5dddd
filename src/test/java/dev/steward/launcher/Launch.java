package dev.steward.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One run of the launcher, with an environment of its own. */
final class Launch {
    private static final long LIMIT_S = 60;

    private final List<String> command = new ArrayList<>();
    private final ProcessBuilder builder;

    Launch(Checkout checkout, String program, String... arguments) {
        command.add(program);
        command.addAll(List.of(arguments));
        builder = new ProcessBuilder(command)
                .directory(checkout.machine().toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", checkout.tools().toString());
        environment.put("HOME", checkout.userHome().toString());
        environment.put("JOURNAL", checkout.journal().toString());
        // Made behind the command: only the tests of the caches wait for them.
        environment.put("STEWARD_NO_AOT", "1");
        environment.put("GATE", checkout.gate().toString());
    }

    Launch with(String variable, String value) {
        builder.environment().put(variable, value);
        return this;
    }

    Launch without(String variable) {
        builder.environment().remove(variable);
        return this;
    }

    Launch in(Path folder) {
        builder.directory(folder.toFile());
        return this;
    }

    /** Under another name than the launcher's own. */
    Launch as(String program) {
        command.set(0, program);
        return this;
    }

    /** Through a program that runs it. */
    Launch through(String... wrapper) {
        command.addAll(0, List.of(wrapper));
        return this;
    }

    Map<String, String> environment() {
        return Map.copyOf(builder.environment());
    }

    Process start() throws IOException {
        return builder.start();
    }

    Ended run() throws Exception {
        Process process = start();
        var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new TimeoutException(command + " still runs after " + LIMIT_S + " s");
        }
        return new Ended(process.pid(), process.exitValue(), out.join(), err.join());
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came of it. */
    record Ended(long pid, int status, String out, String err) {
        /** The words that java was started with. */
        List<String> words() {
            return out.lines()
                    .filter(line -> line.startsWith("["))
                    .map(line -> line.substring(1, line.length() - 1))
                    .toList();
        }
    }
}
