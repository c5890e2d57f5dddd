package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.daemon.Guard;
import dev.steward.daemon.Home;
import dev.steward.posix.Posix;
import dev.steward.testing.Alive;
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
import tools.jackson.databind.json.JsonMapper;

/** The real launcher, daemon, guard and agents: killed, replaced and ended. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class GuardedDaemonTest {
    @TempDir
    Path folder;

    private Path launcher;
    private Home home;

    @BeforeEach
    void install() throws IOException {
        folder = folder.toRealPath();
        launcher = Installed.in(folder.resolve("program"));
        home = new Home(Files.createDirectory(folder.resolve("a home")));
        Files.writeString(home.folder().resolve("steward.yaml"), """
                agents:
                  web: {command: [sleep, "1000"], ready: {after: 10ms}}
                  quits:
                    command: 'until [ -e go ]; do sleep 0.05; done; exit 3'
                    ready: {after: 10ms}
                    keep_alive: never
                """);
    }

    @AfterEach
    void end_all() throws Exception {
        if (Guard.of(home).isPresent() || steward("status").status() == 0) {
            steward("down", "--now");
        }
    }

    /** What starts a daemon, or becomes one, has a process of its own; everything else is asked in this one, which is faster. */
    private CommandLines.Result steward(String... words) throws Exception {
        var all = new ArrayList<>(List.of("--home", home.folder().toString()));
        all.addAll(List.of(words));
        return List.of("up", "upgrade-daemon").contains(words[0])
                ? launched(all)
                : CommandLines.run(folder, Map.of(), all.toArray(String[]::new));
    }

    private CommandLines.Result launched(List<String> words) throws Exception {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(words);
        var out = folder.resolve("out").toFile();
        var err = folder.resolve("err").toFile();
        var builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
        builder.environment().keySet().removeIf(name -> name.startsWith("STEWARD_"));
        builder.environment().putAll(Installed.environment());
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new CommandLines.Result(
                process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private ProcessHandle daemon() throws IOException {
        return ProcessHandle.of(number(home.pid())).orElseThrow();
    }

    private ProcessHandle guard() throws IOException {
        return ProcessHandle.of(number(home.guardPid())).orElseThrow();
    }

    private static void kill(ProcessHandle process) throws Exception {
        process.destroyForcibly();
        Await.until(process + " is gone", () -> !Alive.is(process.pid()));
    }

    private Map<String, Long> agents() throws Exception {
        var ran = steward("status", "--json");
        assertThat(ran.status()).as(ran.toString()).isZero();
        var pids = new TreeMap<String, Long>();
        for (var agent : JsonMapper.shared().readTree(ran.out()).path("agents")) {
            pids.put(agent.path("name").asString(), agent.path("pid").asLong());
        }
        return pids;
    }

    @Test
    void agents_go_on_whatever_becomes_of_their_daemon() throws Exception {
        assertThat(steward("up", "--detach").status()).isZero();
        var agents = agents();
        long web = agents.getOrDefault("web", 0L);
        var first = daemon();

        var upgraded = steward("upgrade-daemon");
        assertThat(upgraded.status()).as(upgraded.toString()).isZero();
        assertThat(upgraded.out()).contains("2 of 2 agents go on untouched", "(pid " + first.pid() + ") was replaced");
        assertThat(agents()).isEqualTo(agents);
        assertThat(daemon()).isEqualTo(first);

        Files.createFile(home.folder().resolve("go"));
        Await.until(
                "its exit status is known",
                () -> steward("history", "quits", "-n", "1").out().contains("exit status 3"));

        kill(first);
        assertThat(agents().get("web")).isEqualTo(agents.get("web"));
        assertThat(daemon()).isNotEqualTo(first);

        guard().destroyForcibly();
        kill(daemon());
        Await.until("nobody holds its lock", () -> Guard.of(home).isEmpty());
        var down = steward("down");
        assertThat(down.status()).isEqualTo(69);
        assertThat(down.err()).contains("agents live on: web", "--home '" + home.folder() + "' up --detach");
        assertThat(steward("up", "--detach").status()).isZero();
        assertThat(agents().get("web")).isEqualTo(agents.get("web"));

        assertThat(steward("down").status()).isZero();
        assertThat(Guard.of(home)).isEmpty();
        Await.until("web is gone", () -> !Alive.is(web));
    }

    @Test
    void the_daemon_looks_after_its_guard_and_its_socket() throws Exception {
        assertThat(steward("up", "--detach").status()).isZero();
        var web = agents().get("web");
        var first = guard();
        Files.delete(home.run().resolve("steward.sock"));
        Files.delete(home.run().resolve("bus.sock"));
        kill(first);
        Await.until("another guard watches", () -> number(home.guardPid()) != first.pid());
        Await.until(
                "the socket of the bus is there again",
                () -> Files.exists(home.run().resolve("bus.sock")));
        assertThat(agents().get("web")).isEqualTo(web);
        for (var pid : agents().values()) {
            assertThat(openFiles(pid))
                    .doesNotContain(
                            home.guardFifo().toString(), home.guardLock().toString());
        }

        var daemon = daemon();
        kill(daemon);
        assertThat(agents().get("web")).isEqualTo(web);
        assertThat(daemon()).isNotEqualTo(daemon);

        daemon().destroy();
        Await.until("the guard is gone", () -> Guard.of(home).isEmpty());
        assertThat(steward("status").err()).contains("no daemon runs");
    }

    private static List<String> openFiles(long pid) throws IOException {
        var open = new ArrayList<String>();
        try (var posix = Posix.forSupervisor()) {
            open.addAll(posix.processes().openFiles(pid));
        }
        return open;
    }

    @Test
    void a_new_version_that_cannot_be_had_or_refuses_the_configuration_changes_nothing() throws Exception {
        assertThat(steward("up", "--detach").status()).isZero();
        var agents = agents();
        var file = home.folder().resolve("steward.yaml");
        var good = Files.readString(file);

        Files.writeString(file, "agents: {web: {comand: x}}\n");
        assertThat(steward("upgrade-daemon").status()).isEqualTo(78);
        Files.writeString(file, good);
        var none = steward("call", "upgrade", "{\"launcher\":\"/no/such/steward\"}");
        assertThat(none.status()).isEqualTo(69);
        assertThat(none.err()).contains("/no/such/steward");

        var garbage = Files.writeString(folder.resolve("garbage"), "\1\2");
        assertThat(garbage.toFile().setExecutable(true)).isTrue();
        var other = Files.writeString(folder.resolve("other"), "#!/bin/sh\nprintf '%s\\0' '" + garbage + "'\n");
        assertThat(other.toFile().setExecutable(true)).isTrue();
        var pid = daemon();
        assertThat(steward("call", "upgrade", "{\"launcher\":\"" + other + "\"}")
                        .status())
                .isZero();
        Await.until(
                "it goes on as it was",
                () -> steward("status").out().contains("PROBLEM  the daemon could not be replaced"));
        assertThat(daemon()).isEqualTo(pid);
        assertThat(agents()).isEqualTo(agents);
    }
}
