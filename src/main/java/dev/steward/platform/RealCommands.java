package dev.steward.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Processes. */
final class RealCommands implements Commands {
    @Override
    public Ended run(List<String> words) throws InterruptedException {
        try {
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            try (var out = process.getInputStream()) {
                var said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
                return new Ended(process.waitFor(), said);
            }
        } catch (IOException e) {
            return new Ended(NOT_FOUND, String.valueOf(e.getMessage()));
        }
    }
}
