package dev.steward.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.Main;
import dev.steward.bus.Site;
import dev.steward.bus.embedded.EmbeddedBus;
import dev.steward.bus.ledger.Ledgers;
import dev.steward.bus.remote.BusServer;
import dev.steward.bus.remote.BusSocket;
import dev.steward.control.ControlServer;
import dev.steward.control.SocketPath;
import dev.steward.testing.FakeNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own: what only shows there. */
@Timeout(60)
class ProgramTest {
    @TempDir
    Path home;

    @Test
    void the_quick_way_answers_without_the_command_lines_library() throws Exception {
        var node = new FakeNode(home);
        node.agents.add(node.agent("cls", "up"));
        node.agents.add(node.agent("web", "stopped"));
        var methods = node.methods();
        try (var server = ControlServer.listen(SocketPath.prepare(home))) {
            server.serve(methods);
            var loaded = home.resolve("loaded");
            var status = steward(List.of("-Xlog:class+load:file=" + loaded), "status");
            assertThat(status.out()).startsWith("studio  daemon up").doesNotContain("\u001b");
            assertThat(status.status()).isZero();
            assertThat(loaded).content().doesNotContain("picocli", "jackson", "org.slf4j");
            assertThat(steward(List.of(), "--home", home.toString(), "status", "--json")
                            .out())
                    .startsWith("{\"daemon\":{");
            assertThat(steward(List.of(), "is-up", "web")).isEqualTo(new Ran(3, "", ""));
            assertThat(steward(List.of(), "is-up", "nope").status()).isEqualTo(64);
        }
    }

    @Test
    void an_order_is_dropped_through_the_daemon_without_a_library_but_the_command_lines() throws Exception {
        var node = new FakeNode(home);
        var site = new Site("studio", home.resolve("inbox"), home.resolve("spool"), 1_000);
        var body = Files.writeString(home.resolve("body.txt"), "hello");
        try (var ledger = Ledgers.open(home.resolve("ledger"), InstantSource.system());
                var control = ControlServer.listen(SocketPath.prepare(home));
                var _ = BusServer.listen(BusSocket.of(home), new EmbeddedBus(ledger), site)) {
            node.orders = () -> ledger;
            control.serve(node.methods());
            var loaded = home.resolve("loaded");
            var dropped = steward(
                    List.of("-Xlog:class+load:file=" + loaded),
                    "drop",
                    "--to",
                    "CLC",
                    "--title",
                    "Hello",
                    "--body",
                    body.toString(),
                    "--id",
                    "WO-1");
            assertThat(dropped).isEqualTo(new Ran(0, "WO-1\n", ""));
            assertThat(loaded)
                    .content()
                    .doesNotContain(
                            "jackson",
                            "org.slf4j",
                            "snakeyaml",
                            "sqlite",
                            "jedis",
                            "jetty",
                            "java.lang.foreign.Linker");
            assertThat(steward(List.of(), "orders").out()).contains("WO-1  dropped");
        }
    }

    @Test
    void what_the_quick_way_cannot_answer_is_left_to_the_command() throws Exception {
        var ran = steward(List.of(), "status");
        assertThat(ran.status()).isEqualTo(69);
        assertThat(ran.err()).contains("no daemon runs on " + home);
    }

    @Test
    void nobody_reading_on_is_no_fault() throws Exception {
        Files.writeString(home.resolve("steward.yaml"), "agents: {cls: {command: [/bin/true], log: cls.log}}\n");
        Files.writeString(home.resolve("cls.log"), "x\n".repeat(500_000));
        var process = start(List.of(), "logs", "cls", "-n", "500000");
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("x");
        }
        assertThat(process.errorReader().lines()).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void what_cannot_be_written_is_told_and_no_success() throws Exception {
        Files.writeString(home.resolve("steward.yaml"), "agents: {}\n");
        var body = Files.writeString(home.resolve("body.txt"), "hello").toString();
        var commands = List.of(
                List.of("version"),
                List.of("agent", "--help"),
                List.of("drop", "--to", "CLC", "--title", "Hello", "--body", body, "--id", "WO-1"),
                List.of("orders"),
                List.of("audit", "tail"));
        for (var command : commands) {
            var ran = full(command.toArray(String[]::new));
            assertThat(ran.status()).as(command.getFirst()).isEqualTo(74);
            assertThat(ran.err())
                    .contains("steward: standard output cannot be written")
                    .doesNotContain("\tat ");
            if (command.getFirst().equals("drop")) {
                assertThat(ran.err()).contains("WO-1 is dropped");
            }
        }
        assertThat(full("order", "show", "WO-2").status())
                .as("nothing was to be written")
                .isEqualTo(1);
    }

    @Test
    void the_quick_way_tells_what_cannot_be_written() throws Exception {
        var node = new FakeNode(home);
        try (var server = ControlServer.listen(SocketPath.prepare(home))) {
            server.serve(node.methods());
            var ran = full("status");
            assertThat(ran.status()).isEqualTo(74);
            assertThat(ran.err()).contains("steward: standard output cannot be written");
        }
    }

    @Test
    void training_for_a_role_ends_well_and_leaves_nothing() throws Exception {
        for (var role : List.of("cli", "agent")) {
            assertThat(steward(List.of("-Djava.io.tmpdir=" + home), "train", role)
                            .status())
                    .isZero();
        }
        try (var left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    private Ran steward(List<String> options, String... arguments) throws IOException, InterruptedException {
        var process = start(options, arguments);
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = String.join("\n", process.errorReader().lines().toList());
        return new Ran(process.waitFor(), out, err);
    }

    /** With a standard output that takes nothing. */
    private Ran full(String... arguments) throws IOException, InterruptedException {
        var process = builder(List.of(), arguments)
                .redirectOutput(new File("/dev/full"))
                .start();
        var err = String.join("\n", process.errorReader().lines().toList());
        return new Ran(process.waitFor(), "", err);
    }

    private Process start(List<String> options, String... arguments) throws IOException {
        return builder(options, arguments).start();
    }

    private ProcessBuilder builder(List<String> options, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("STEWARD_"));
        builder.environment().put("STEWARD_HOME", home.toString());
        return builder;
    }
}
