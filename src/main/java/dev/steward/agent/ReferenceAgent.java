package dev.steward.agent;

import dev.steward.agent.HeartbeatFile.Self;
import dev.steward.agent.Options.Misuse;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Front door of the reference agent, {@code steward agent}. */
public final class ReferenceAgent {
    private static final int USAGE = 64;
    private static final int INTERNAL_ERROR = 70;
    private static final int SECONDS_TO_END = 5;

    private ReferenceAgent() {}

    /**
     * Runs until TERM or INT, which end the process with status 0.
     *
     * @param arguments those after {@code agent}
     * @return the exit status: 0, or 64 for a mistake in the arguments, which was explained on standard error
     */
    public static int run(List<String> arguments, Map<String, String> environment) throws InterruptedException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.print(Options.USAGE);
            return 0;
        }
        Options options;
        try {
            options = Options.parse(arguments, environment);
        } catch (Misuse e) {
            System.err.println("steward agent: " + e.getMessage());
            return USAGE;
        }
        var self = new Self(
                ProcessHandle.current().pid(), Optional.ofNullable(environment.get("STEWARD_INCARNATION")), boot());
        var file = options.heartbeat().map(path -> new HeartbeatFile(path, self));
        var log = new Log(new FileOutputStream(FileDescriptor.out), ZoneId.systemDefault());
        var beats = new Beats(options.name(), file, log, InstantSource.system());
        var end = new End();
        Runtime.getRuntime().addShutdownHook(new Thread(end::come));
        try {
            beats.run(options.every(), end);
            end.well();
        } finally {
            end.done();
        }
        return 0;
    }

    /** Boots and beats twice, unseen and at once: what the JVM watches while it makes an AOT cache for agents. */
    public static void rehearse() throws InterruptedException, IOException {
        var folder = Files.createTempDirectory("steward-train-");
        var file = folder.resolve("heartbeat.json");
        var log = new Log(OutputStream.nullOutputStream(), ZoneId.systemDefault());
        var self = new Self(ProcessHandle.current().pid(), Optional.empty(), boot());
        var rests = new AtomicInteger();
        try {
            var options = Options.parse(List.of("--name", "rehearsal", "--heartbeat", file.toString()), Map.of());
            var beats = new Beats(
                    options.name(),
                    options.heartbeat().map(path -> new HeartbeatFile(path, self)),
                    log,
                    InstantSource.system());
            beats.run(options.every(), _ -> rests.incrementAndGet() == 2);
        } catch (Misuse e) {
            throw new IllegalStateException(e);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** The JVM runs its shutdown hooks at TERM, INT and HUP, and would then end with the signal's status. */
    private static final class End implements Beats.Rest {
        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);
        private final AtomicInteger status = new AtomicInteger(INTERNAL_ERROR);

        @Override
        public boolean stopped(Duration time) throws InterruptedException {
            return told.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        void come() {
            told.countDown();
            try {
                if (!done.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                    System.err.println("steward agent: the last beat did not end in " + SECONDS_TO_END + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(status.get());
        }

        void well() {
            status.set(0);
        }

        void done() {
            done.countDown();
        }
    }

    private static Optional<String> boot() {
        try {
            return Optional.of(
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());
        } catch (IOException e) {
            // Only Linux tells it to a program without native code, and the member may be absent.
            return Optional.empty();
        }
    }
}
