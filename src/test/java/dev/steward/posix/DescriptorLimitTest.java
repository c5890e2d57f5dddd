package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A user's soft limit of open files bounds neither how many agents run, nor does raising it reach the agents. */
@EnabledOnOs(OS.LINUX)
class DescriptorLimitTest {
    @TempDir
    Path folder;

    /** Runs a hundred processes at once, and prints the soft limit of each, then its own. */
    static final class Hundred {
        private Hundred() {}

        public static void main(String[] arguments) throws Exception {
            try (var node = new TestPosix(Path.of(arguments[0]))) {
                for (var i = 0; i < 100; i++) {
                    var child = node.spawn("/bin/sleep", "1000");
                    System.out.println(limit(Long.toString(child.pid())));
                }
                System.out.println("own " + limit("self"));
            }
        }

        private static String limit(String process) throws IOException {
            return Files.readAllLines(Path.of("/proc/" + process + "/limits")).stream()
                    .filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+", -1)[3])
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void a_hundred_agents_run_under_a_soft_limit_of_64_and_each_of_them_has_it() throws Exception {
        var process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -Sn 64; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-MaxFDLimit",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hundred.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = process.inputReader().lines().toList();

        assertThat(process.waitFor()).isZero();
        assertThat(lines).hasSize(101);
        assertThat(lines.subList(0, 100)).containsOnly("64");
        assertThat(Long.parseLong(lines.getLast().substring("own ".length()))).isGreaterThan(64);
    }
}
