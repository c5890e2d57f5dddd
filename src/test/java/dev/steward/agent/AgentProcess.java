package dev.steward.agent;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The agent as a process of its own, as the daemon starts it, with its log in a file. */
final class AgentProcess implements AutoCloseable {
    final Process process;
    private final Path log;

    /** What {@code steward agent} does, without the rest of the program. */
    static final class Alone {
        private Alone() {}

        public static void main(String[] arguments) throws InterruptedException {
            System.exit(ReferenceAgent.run(List.of(arguments), System.getenv()));
        }
    }

    AgentProcess(Path home, String... arguments) throws IOException {
        log = Files.createTempFile(home, "agent-", ".log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx24m",
                "-cp",
                System.getProperty("java.class.path"),
                Alone.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STEWARD_"));
        builder.environment().put("STEWARD_HOME", home.toString());
        process = builder.start();
    }

    List<String> lines() throws IOException {
        return Files.readAllLines(log);
    }

    /** Waits for a line that has this in it, behind so many others; gives it. */
    String line(int behind, String part) throws Exception {
        Await.until("a line with '" + part + "' in " + log + " behind " + behind, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the agent ended: " + lines());
            }
            return lines().stream().skip(behind).anyMatch(line -> line.contains(part));
        });
        return lines().stream()
                .skip(behind)
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
    }

    /** TERM; gives its exit status. */
    int stop() throws InterruptedException {
        process.toHandle().destroy();
        return process.waitFor();
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }
}
