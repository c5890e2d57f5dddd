package dev.steward.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.cli.CommandLines;
import dev.steward.testing.Await;
import dev.steward.testing.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agents that speak to the daemon while it is replaced, and that one refused message would end. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class UpgradeTest {
    /** Its socket cannot be a file: the path would be too long. */
    private static final String LONG = "a".repeat(60);

    /** As clients of sd_notify are that connect once, and as those that name the socket each time. */
    private static final String AGENT = """
            import os, socket, sys, time
            name = os.environ["NOTIFY_SOCKET"]
            name = "\\0" + name[1:] if name[0] == "@" else name
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            send = lambda text: s.sendto(text, name)
            if sys.argv[1] == "connected":
                s.connect(name)
                send = s.send
            send(b"READY=1")
            while True:
                send(b"WATCHDOG=1\\nSTATUS=heard still" if os.path.exists("asks") else b"WATCHDOG=1")
                time.sleep(0.1)
            """;

    @TempDir
    Path folder;

    private Path launcher;
    private Home home;

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        launcher = Installed.in(folder.resolve("program"));
        home = new Home(Files.createDirectory(folder.resolve("home")));
        Files.writeString(home.folder().resolve("agent.py"), AGENT);
        var beats = "heartbeat: {via: notify, every: 1s, stale_after: 4s, on_stale: restart}";
        Files.writeString(home.folder().resolve("steward.yaml"), """
                agents:
                  once: {command: [python3, agent.py, connected], %2$s}
                  each: {command: [python3, agent.py, named], %2$s}
                  %1$s: {command: [python3, agent.py, connected], %2$s}
                """.formatted(LONG, beats));
    }

    @AfterEach
    void end_all() {
        ask("down", "--now");
    }

    /** What starts a daemon, or becomes one, has a process of its own; everything else is asked in this one, which is faster. */
    private void launch(String... words) throws Exception {
        var command = new ArrayList<>(
                List.of(launcher.toString(), "--home", home.folder().toString()));
        command.addAll(List.of(words));
        var said = folder.resolve("said");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("STEWARD_"));
        builder.environment().putAll(Installed.environment());
        var process = builder.start();
        assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }

    private String ask(String... words) {
        var all = new ArrayList<>(List.of("--home", home.folder().toString()));
        all.addAll(List.of(words));
        var answer = CommandLines.run(folder, Map.of(), all.toArray(String[]::new));
        assertThat(answer.status()).as(answer.toString()).isZero();
        return answer.out();
    }

    private JsonNode agents() {
        return JsonMapper.shared().readTree(ask("status", "--json")).path("agents");
    }

    private static Map<String, Long> pids(JsonNode agents) {
        var pids = new TreeMap<String, Long>();
        agents.forEach(agent ->
                pids.put(agent.path("name").asString(), agent.path("pid").asLong()));
        return pids;
    }

    @Test
    void an_agent_that_speaks_while_the_daemon_is_replaced_is_not_refused_and_is_heard_afterwards() throws Exception {
        launch("up", "--detach");
        var before = pids(agents());
        assertThat(before).hasSize(3).doesNotContainValue(0L);

        launch("upgrade-daemon");
        launch("upgrade-daemon");
        assertThatAllAreHeardAndNoneWasReplacedSince(before);
    }

    @Test
    void an_agent_is_heard_by_a_daemon_that_could_not_be_replaced() throws Exception {
        launch("up", "--detach");
        var before = pids(agents());
        var garbage = executable("garbage", "\1\2");
        var other = executable("other", "#!/bin/sh\nprintf '%s\\0' '" + garbage + "'\n");

        ask("call", "upgrade", "{\"launcher\":\"" + other + "\"}");
        Await.until(
                "it goes on as it was",
                () -> CommandLines.run(folder, Map.of(), "--home", home.folder().toString(), "status")
                        .out()
                        .contains("could not be replaced"));
        assertThatAllAreHeardAndNoneWasReplacedSince(before);
    }

    private Path executable(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private void assertThatAllAreHeardAndNoneWasReplacedSince(Map<String, Long> before) throws Exception {
        Files.createFile(home.folder().resolve("asks"));
        Await.until("each of them is heard", () -> count(ask("status"), "heard still") == 3);
        assertThat(pids(agents())).isEqualTo(before);
        assertThat(ask("events")).doesNotContain("stale-heartbeat");
    }

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }
}
