package dev.steward.posix;

import dev.steward.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The front door over a folder of a test's; kills and buries what it started. */
final class TestPosix implements AutoCloseable {
    final Posix posix = Posix.forSupervisor();
    final Path folder;
    final Path output;
    private final Map<Long, Watched> children = new HashMap<>();
    private int lives;

    TestPosix(Path folder) {
        this.folder = folder;
        output = folder.resolve("output");
    }

    /** Starts a process with an empty environment. */
    Watched spawn(String... argv) throws Exception {
        return spawn(Map.of(), argv);
    }

    Watched spawn(Map<String, String> environment, String... argv) throws Exception {
        try (var life = posix.locks().tryLock(folder.resolve(lives++ + ".life")).orElseThrow()) {
            return spawn(life, environment, argv);
        }
    }

    Watched spawn(FileLock life, Map<String, String> environment, String... argv) throws SpawnFailed {
        return watched(posix.spawner().spawn(new SpawnRequest(List.of(argv), environment, folder, output, life)));
    }

    Watched spawn(PreparedSpawn prepared, Map<String, String> changing, FileLock life) throws SpawnFailed {
        return watched(posix.spawner().spawn(prepared, changing, life));
    }

    private Watched watched(long pid) {
        var child = posix.poller().child(pid);
        children.put(pid, child);
        return child;
    }

    /** Waits for the end of a process, as a supervisor does, and buries it. */
    ExitStatus end(Watched process) throws Exception {
        var status = new ArrayList<ExitStatus>();
        Await.until("the end of pid " + process.pid(), () -> {
            posix.poller().await(5);
            process.ended().ifPresent(status::add);
            return !status.isEmpty();
        });
        process.close();
        children.remove(process.pid());
        return status.getFirst();
    }

    /** The test has buried them all itself. */
    void forget() {
        children.clear();
    }

    /** What the processes wrote. */
    String written() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "";
    }

    /** How many files this JVM has open. */
    static long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }

    @Override
    public void close() {
        children.values().forEach(child -> child.signal(Signal.KILL));
        // Nobody survives that signal, so this comes to an end.
        for (bury(); !children.isEmpty(); bury()) {
            posix.poller().await(20);
        }
        posix.close();
    }

    private void bury() {
        children.values().removeIf(child -> child.ended().isPresent());
    }
}
