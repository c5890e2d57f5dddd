package dev.steward.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.steward.config.Ready;
import dev.steward.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What proves that an agent is ready, and what doesn't. */
class ReadinessTest {
    private static final String NAP = "86373.25";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    Path home;

    private Examples agent(Ready ready) {
        return Examples.agent("cls", home)
                .exec("/bin/sleep", "1000")
                .ready(ready)
                .backoff(Duration.ofMinutes(1), Duration.ofMinutes(1));
    }

    private static void isNotReady(TestNode node) throws Exception {
        var status = node.await("cls", "backing_off");
        assertThat(status.reason()).contains("not ready in time");
        assertThat(status.failures()).isEqualTo(1);
        assertThat(status.restarts()).isZero();
        assertThat(status.process()).isEmpty();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void one_that_lives_for_a_while_is_ready_and_not_before() throws Exception {
        try (var node = TestNode.begin(home, agent(new Ready.After(Duration.ofMillis(150), LONG)))) {
            var begun = System.nanoTime();
            assertThat(node.state("cls")).isEqualTo("starting");
            node.await("cls", "up");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(50));
            assertThat(node.status("cls").process().orElseThrow().uptime()).isGreaterThan(Duration.ofMillis(149));
        }
    }

    @Test
    void a_file_that_is_written_proves_it() throws Exception {
        var file = home.resolve("ready");
        try (var node = TestNode.begin(home, agent(new Ready.FileWritten(file, LONG)))) {
            assertThat(node.state("cls")).isEqualTo("starting");
            Files.createFile(file);
            node.await("cls", "up");
        }
    }

    @Test
    void a_file_from_before_proves_nothing() throws Exception {
        var file = Files.writeString(home.resolve("ready"), "of yesterday");
        try (var node = TestNode.begin(home, agent(new Ready.FileWritten(file, SHORT)))) {
            isNotReady(node);
        }
    }

    @Test
    void a_file_from_before_that_is_written_again_proves_it() throws Exception {
        var file = Files.writeString(home.resolve("ready"), "one");
        try (var node = TestNode.begin(home, agent(new Ready.FileWritten(file, LONG)))) {
            assertThat(node.state("cls")).isEqualTo("starting");
            Files.writeString(file, "two");
            node.await("cls", "up");
        }
    }

    @Test
    void each_incarnation_proves_it_anew() throws Exception {
        var file = home.resolve("ready");
        try (var node = TestNode.begin(
                home,
                agent(new Ready.FileWritten(file, LONG))
                        .shell("[ -e second ] && exec sleep 1000; touch second ready; exec sleep 1000"))) {
            node.await("cls", "up");
            var restart = node.supervisor.restart(List.of("cls"));
            Await.until(
                    "the second one starts",
                    () -> node.state("cls").equals("starting")
                            && node.status("cls").process().isPresent());
            assertThat(restart).isNotDone();
            Files.writeString(file, "again");
            node.await("cls", "up");
        }
    }

    @Test
    void a_port_that_accepts_proves_it() throws Exception {
        var port = freePort();
        try (var node = TestNode.begin(home, agent(new Ready.Tcp("127.0.0.1", port, LONG)))) {
            assertThat(node.state("cls")).isEqualTo("starting");
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                node.await("cls", "up");
            }
        }
    }

    @Test
    void a_closed_port_and_an_unknown_host_prove_nothing() throws Exception {
        try (var node = TestNode.begin(home, agent(new Ready.Tcp("127.0.0.1", freePort(), SHORT)))) {
            isNotReady(node);
        }
        try (var node = TestNode.begin(home.resolve("2"), agent(new Ready.Tcp("host.invalid", 1, SHORT)))) {
            isNotReady(node);
        }
    }

    private static HttpServer server(AtomicInteger status) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void an_address_that_answers_with_2xx_proves_it_and_no_other_answer_does() throws Exception {
        var status = new AtomicInteger(500);
        var server = server(status);
        var address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
        try {
            for (var bad : new int[] {500, 404, 302}) {
                status.set(bad);
                try (var node = TestNode.begin(home.resolve("" + bad), agent(new Ready.Http(address, SHORT)))) {
                    isNotReady(node);
                }
            }
            try (var node = TestNode.begin(home, agent(new Ready.Http(address, LONG)))) {
                assertThat(node.state("cls")).isEqualTo("starting");
                status.set(204);
                node.await("cls", "up");
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void an_address_where_nobody_answers_proves_nothing() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var node = TestNode.begin(
                        home, agent(new Ready.Http(URI.create("http://127.0.0.1:" + silent.getLocalPort()), SHORT)))) {
            isNotReady(node);
        }
    }

    private static Ready line(String pattern, Duration timeout) {
        return new Ready.LogLine(Pattern.compile(pattern), timeout);
    }

    @Test
    void a_line_of_its_log_proves_it() throws Exception {
        var slow = agent(line("^listening on \\d+$", LONG))
                .shell("echo listening on nothing; while ! [ -e go ]; do sleep 0.01; done;"
                        + " echo listening on 80; exec sleep 1000");
        try (var node = TestNode.begin(home, slow)) {
            node.awaitLog("cls", "nothing");
            assertThat(node.state("cls")).isEqualTo("starting");
            Files.createFile(home.resolve("go"));
            node.await("cls", "up");
        }
    }

    @Test
    void a_line_of_an_earlier_one_proves_nothing() throws Exception {
        Files.createDirectories(home.resolve("logs"));
        Files.writeString(home.resolve("logs/cls.log"), "ready\n");
        try (var node = TestNode.begin(home, agent(line("ready", SHORT)))) {
            isNotReady(node);
        }
    }

    @Test
    void a_line_counts_once_it_is_whole() throws Exception {
        var halting = agent(line("^ready$", LONG))
                .shell("printf rea; while ! [ -e go ]; do sleep 0.01; done; echo dy; exec sleep 1000");
        try (var node = TestNode.begin(home, halting)) {
            node.awaitLog("cls", "rea");
            Files.createFile(home.resolve("go"));
            node.await("cls", "up");
        }
    }

    @Test
    void a_line_is_found_behind_a_megabyte_of_others() throws Exception {
        var wordy = agent(line("^ready$", LONG))
                .shell(
                        "head -c 1000000 /dev/zero | tr '\\0' x; echo; yes | head -n 50000; echo ready; exec sleep 1000");
        try (var node = TestNode.begin(home, wordy)) {
            node.await("cls", "up");
        }
    }

    @Test
    void one_that_is_not_ready_in_time_is_ended_with_all_its_processes() throws Exception {
        var tree = agent(line("never", SHORT)).shell("sleep " + NAP + " & sleep " + NAP + " & wait");
        try (var node = TestNode.begin(home, tree)) {
            Await.until("a tree", () -> node.sleepers(NAP).size() == 2);
            isNotReady(node);
            Await.until("no tree", () -> node.sleepers(NAP).isEmpty());
        }
    }

    @Test
    void one_that_is_not_ready_in_time_and_ignores_the_signal_is_killed() throws Exception {
        var stubborn = agent(line("never", SHORT))
                .stopWithin(Duration.ofMillis(100))
                .shell("trap '' TERM; echo born; while :; do sleep 0.02; done");
        try (var node = TestNode.begin(home, stubborn)) {
            isNotReady(node);
            assertThat(node.status("cls").lastExit()).contains("SIGKILL");
        }
    }

    @Test
    void one_that_is_not_ready_in_time_is_tried_again() throws Exception {
        var later = agent(line("never", SHORT))
                .backoff(Duration.ofMillis(10), Duration.ofMillis(10))
                .failures(2, Duration.ofMinutes(1))
                .shell("echo born; exec sleep 1000");
        try (var node = TestNode.begin(home, later)) {
            node.awaitLog("cls", "born\nborn\nborn\n");
            assertThat(node.status("cls").incidents()).containsExactly("crash-loop");
        }
    }

    @Test
    void the_pause_after_a_failure_is_told_by_what_is_left_of_it() throws Exception {
        var agent = Examples.agent("cls", home).shell("exit 3").backoff(Duration.ofSeconds(30), Duration.ofSeconds(30));
        try (var node = TestNode.begin(home, agent)) {
            var first = node.await("cls", "backing_off").reason();
            assertThat(first).startsWith("exit status 3 before it was ready; next try in ");
            Await.until("less is left", () -> !node.status("cls").reason().equals(first));
            assertThat(node.status("cls").reason()).startsWith("exit status 3 before it was ready; next try in ");
        }
    }
}
