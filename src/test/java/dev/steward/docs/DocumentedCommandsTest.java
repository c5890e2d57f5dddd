package dev.steward.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.Main;
import dev.steward.cli.CommandLines;
import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
 * Runs what {@code docs/commands.md} shows, with a real daemon and real agents. {@code steward} is the program as it was just
 * compiled: the launcher's own build may be of other sources.
 */
@Timeout(90)
class DocumentedCommandsTest {
    private static final int LIMIT_S = 60;

    @TempDir
    Path folder;

    private Path demo;

    @BeforeEach
    void prepare() throws IOException {
        folder = folder.toRealPath();
        demo = folder.resolve("demo");
        var program = Files.createDirectory(folder.resolve("bin")).resolve("steward");
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        Files.writeString(
                program, """
                #!/bin/sh
                exec '%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-MaxFDLimit --enable-native-access=ALL-UNNAMED \\
                    '-Dsteward.launcher=%s' -cp '%s' %s "$@"
                """.formatted(java, program, System.getProperty("java.class.path"), Main.class.getName()));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void nothing_of_it_lives() throws Exception {
        if (Files.exists(demo.resolve("run/steward.sock"))) {
            assertThat(shell("steward --home demo down --now").status()).isZero();
        }
        // The socket goes first: the process may need a moment more.
        Await.until("nothing of the home lives", () -> survivors().isEmpty());
    }

    @Test
    void the_ten_lines_do_what_they_say() throws Exception {
        var lines = tenLines();
        assertThat(lines.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(13);

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
