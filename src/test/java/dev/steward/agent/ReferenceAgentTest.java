package dev.steward.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process, as the daemon starts it. */
@Timeout(30)
class ReferenceAgentTest {
    @TempDir
    Path folder;

    /** What {@code steward agent} does, without the rest of the program. */
    static final class Alone {
        private Alone() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.exit(ReferenceAgent.run(List.of(arguments), System.getenv()));
        }
    }

    @Test
    void it_beats_at_once_and_stops_cleanly_on_term() throws Exception {
        var beat = folder.resolve("beat.json");
        var agent = start("--name", "cls", "--heartbeat", beat.toString(), "--every", "1h");
        try (var out = agent.inputReader()) {
            assertThat(out.readLine()).startsWith("=== CLS agent boot ");
            assertThat(out.readLine()).endsWith(" [OK] heartbeat 1");
            assertThat(beat).content().contains("\"iter\":1", "\"pid\":" + agent.pid());
            agent.toHandle().destroy();
            assertThat(rest(out)).singleElement().asString().endsWith(" [OK] stopped");
            assertThat(agent.waitFor()).isZero();
        } finally {
            agent.destroyForcibly();
        }
    }

    @Test
    void a_mistake_in_its_arguments_ends_it_with_64_and_no_stack_trace() throws Exception {
        var agent = start("--name", "cls", "--inbox", "CLS");
        try (var err = agent.errorReader()) {
            assertThat(rest(err))
                    .containsExactly(
                            "steward agent: --inbox: work orders come with a later version of Steward; leave it out");
            assertThat(agent.waitFor()).isEqualTo(64);
        }
    }

    private Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Alone.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("at")).toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STEWARD_"));
        return builder.start();
    }

    private static List<String> rest(BufferedReader reader) {
        return reader.lines().toList();
    }
}
