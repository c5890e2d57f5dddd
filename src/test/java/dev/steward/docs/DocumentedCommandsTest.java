package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.CommandLines;
import dev.steward.testing.Await;
import dev.steward.testing.Installed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what {@code docs/commands.md} shows, with a real daemon and real agents. {@code steward} is the real launcher with
 * the program as it was just compiled.
 */
@Timeout(90)
class DocumentedCommandsTest {
    private static final int LIMIT_S = 60;
    private static final String LAUNCHER = "steward.launcher";

    @TempDir
    Path folder;

    private Path demo;

    @BeforeEach
    void prepare() throws IOException {
        folder = folder.toRealPath();
        demo = folder.resolve("demo");
        var launcher = Installed.in(folder.resolve("bin"));
        // What runs in this process is of that launcher, too.
        System.setProperty(LAUNCHER, launcher.toString());
    }

    @AfterEach
    void nothing_of_it_lives() throws Exception {
        System.clearProperty(LAUNCHER);
        if (Files.exists(demo.resolve("run/steward.sock"))) {
            assertThat(shell("steward --home demo down --now").status()).isZero();
        }
        // The socket goes first: the process may need a moment more.
        Await.until("nothing of the home lives", () -> survivors().isEmpty());
    }

    @Test
    void the_ten_lines_do_what_they_say() throws Exception {
        var lines = tenLines();
        assertThat(lines.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(14);

        var ran = shell(lines);

        assertThat(ran.out())
                .contains("store  up  pid ", "web    up  pid ", "SIGKILL", "2 up")
                .doesNotContain("incident");
        assertThat(ran.status()).as(ran.out()).isZero();
    }

    @Test
    void every_example_of_a_command_works() throws Exception {
        var lines = tenLines();
        assertThat(shell(lines.substring(0, lines.indexOf("steward start"))).status())
                .isZero();
        var environment = Map.of("STEWARD_HOME", demo.toString(), "PATH", "/usr/bin:/bin");
        var examples = Document.of("docs/commands.md").blocks("sh example").getFirst();
        for (var line : examples.lines().toList()) {
            for (var args : ShellLine.stewards(line)) {
                var result = CommandLines.run(folder, environment, args.toArray(String[]::new));
                assertThat(result.status()).as(args + ": " + result).isZero();
            }
        }
    }

    private static String tenLines() throws IOException {
        return Document.of("docs/commands.md").blocks("sh").getFirst();
    }

    private record Ran(int status, String out) {}

    private Ran shell(String script) throws Exception {
        var output = folder.resolve("output");
        var builder = new ProcessBuilder("/bin/sh", "-ec", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STEWARD_"));
        builder.environment().putAll(Installed.environment());
        builder.environment().merge("PATH", folder.resolve("bin") + ":", (path, first) -> first + path);
        var process = builder.start();
        if (!process.waitFor(LIMIT_S, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still runs after " + LIMIT_S + " s: " + Files.readString(output));
        }
        return new Ran(process.exitValue(), Files.readString(output));
    }

    /** Processes that have the home in their environment; Linux alone tells. */
    private List<String> survivors() throws IOException {
        var found = new ArrayList<String>();
        var processes = Path.of("/proc");
        if (!Files.isDirectory(processes)) {
            return found;
        }
        try (var entries = Files.newDirectoryStream(processes, "[0-9]*")) {
            for (var entry : entries) {
                if (read(entry.resolve("environ")).contains("STEWARD_HOME=" + demo)) {
                    found.add(entry + " " + read(entry.resolve("cmdline")));
                }
            }
        }
        return found;
    }

    /** Nothing of a process that is gone, or somebody else's. */
    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
