package dev.steward.cli;

import dev.steward.control.ControlClient;
import dev.steward.control.ControlException;
import dev.steward.control.Question;
import dev.steward.daemon.Home;
import dev.steward.daemon.Steward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A short life of a daemon with one agent, in a home that is thrown away: what the JVM watches while it makes an AOT cache. */
final class DaemonTraining {
    private static final int TRIES = 200;
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONFIGURATION = """
            agents:
              sleeper:
                command: [sleep, "60"]
                ready: {after: 20ms}
                heartbeat: {via: file, path: beat.json, every: 10s}
              talker:
                command: "echo ready; exec sleep 60"
                ready: {log: ready}
                needs: [sleeper]
            """;

    private DaemonTraining() {}

    static int run(Caller caller) throws Exception {
        var folder = Files.createTempDirectory("steward-train-");
        try {
            var config = Files.writeString(folder.resolve("steward.yaml"), CONFIGURATION);
            var environment = new HashMap<>(caller.environment());
            var home = new Home(folder.toRealPath());
            var lesson = CompletableFuture.runAsync(() -> teach(caller, home.folder()));
            new Steward(home, config, environment).run(Optional.empty());
            lesson.join();
            return Exit.OK;
        } finally {
            Training.remove(folder);
        }
    }

    /** Asks what people ask, and ends it whatever comes. */
    private static void teach(Caller caller, Path home) {
        try {
            awaitReady(caller, home);
            for (var text : new String[] {"text", "json"}) {
                ask(home, Question.of("status").with("format", text));
            }
            ask(home, Question.of("restart").with("all", true));
            ask(home, Question.of("reload"));
            ask(home, Question.of("down"));
        } catch (ControlException | IOException | InterruptedException | RuntimeException e) {
            caller.say("no AOT cache of the daemon, for it could not be trained: " + e.getMessage());
            // Nobody is there to end the daemon, and the agents end by themselves soon.
            Runtime.getRuntime().halt(Exit.INTERNAL);
        }
    }

    private static void awaitReady(Caller caller, Path home) throws InterruptedException, ControlException {
        for (var i = 0; i < TRIES; i++) {
            try {
                ask(home, Question.of("ping"));
                return;
            } catch (ControlException | IOException notYet) {
                caller.pause().of(PAUSE);
            }
        }
        throw new IllegalStateException("The daemon did not answer");
    }

    private static void ask(Path home, Question question) throws ControlException, IOException {
        try (var client = ControlClient.connect(home).within(PATIENCE)) {
            client.ask(question);
        }
    }
}
