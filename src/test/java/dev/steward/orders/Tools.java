package dev.steward.orders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Other programs, as witnesses that share no code with this one. */
final class Tools {
    private Tools() {}

    /** What a program left behind; standard error is part of the text. */
    record Ran(int status, String text) {}

    static boolean works(String... command) throws Exception {
        try {
            return run(new byte[0], command).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static Ran run(byte[] input, String... command) throws Exception {
        return run(Path.of("."), input, command);
    }

    static Ran run(Path folder, byte[] input, String... command) throws Exception {
        var process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(input);
        }
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), text);
    }

    /** {@code sha256sum -c} in an order's folder, as anybody would do it. */
    static Ran sha256sum(Path order) throws Exception {
        return run(order, new byte[0], "sha256sum", "-c", "--strict", "evidence/checksums.sha256");
    }
}
