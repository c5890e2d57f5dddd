package dev.steward.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, with the classes of the tests: to be killed, or to do what would change this one for good. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private Child(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    public static Child start(Class<?> main, List<String> jvmOptions, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The next line of its output; fails if it ended instead. */
    public String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the child ended: " + process);
        }
        return line;
    }

    /** The rest of its output. */
    public List<String> rest() {
        return out.lines().toList();
    }

    /** SIGKILL, and its end. */
    public void kill() {
        // Not Process.destroyForcibly, which also closes the stream: what the child had written can still be read.
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** Waits for its end; gives its exit status. */
    public int await() {
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
