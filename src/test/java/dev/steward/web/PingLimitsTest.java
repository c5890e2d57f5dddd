package dev.steward.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.steward.testing.Await;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What a local program can do to the server, and cannot. */
@Timeout(60)
class PingLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = PingNode.LONG;

    @TempDir
    Path home;

    private static String get(String url, String... headers) {
        return "GET " + PingNode.path(url) + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    private PingNode serving(Limits limits) throws IOException {
        var node = new PingNode(home, limits);
        node.pings.serve();
        return node;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:80",
                "127.0.0.1.evil.example",
                "127.0.0.2",
                "[::1]",
                "localhost.",
                "0.0.0.0",
                "2130706433",
                "127.0.0.1@evil.example"
            })
    void a_name_that_was_made_to_lead_here_is_refused(String host) throws Exception {
        try (var node = serving(Limits.USUAL)) {
            var url = node.pings.register("cls", "one");

            assertThat(PingNode.raw(PingNode.port(url), get(url, "Host: " + host)))
                    .matches("(?s)HTTP/1.1 40[03] .*");
            assertThat(node.heard).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:80", "localhost", "LocalHost:8080"})
    void the_names_of_this_machine_are_taken(String host) throws Exception {
        try (var node = serving(Limits.USUAL)) {
            var url = node.pings.register("cls", "one");

            assertThat(PingNode.raw(PingNode.port(url), get(url, "Host: " + host)))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_client_of_http_1_0_needs_no_host() throws Exception {
        try (var node = serving(Limits.USUAL)) {
            var url = node.pings.register("cls", "one");

            assertThat(PingNode.raw(PingNode.port(url), "GET " + PingNode.path(url) + " HTTP/1.0\r\n\r\n"))
                    .contains(" 200 ")
                    .endsWith("\r\n\r\nOK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1"})
    void a_web_page_is_refused(String origin) throws Exception {
        try (var node = serving(Limits.USUAL)) {
            var url = node.pings.register("cls", "one");

            assertThat(PingNode.raw(PingNode.port(url), get(url, "Host: localhost", "Origin: " + origin)))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(node.heard).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n',431",
        "'GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n',414",
        "'\u0000\u0001\u0002\r\n\r\n',400",
        "'GET / HTTP/1.1\r\n\r\n',400",
        "'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',505"
    })
    void nonsense_is_refused_without_telling_who_refuses(String request, int status) throws Exception {
        try (var node = serving(Limits.USUAL)) {
            var port = PingNode.port(node.pings.address("cls", "one"));

            var answer = PingNode.raw(port, request.replace("%s", "x".repeat(5000)));

            assertThat(answer).startsWith("HTTP/1.1 " + status + " ").doesNotContainIgnoringCase("jetty");
            assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isEmpty();
        }
    }

    @Test
    void no_nonsense_makes_the_server_write_a_log() throws Exception {
        var log = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        log.addAppender(lines);
        try (var node = serving(Limits.USUAL)) {
            var port = PingNode.port(node.pings.address("cls", "one"));

            for (var i = 0; i < 20; i++) {
                PingNode.raw(port, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n");
                PingNode.raw(port, "GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
                PingNode.raw(port, "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(5000) + "\r\n\r\n");
                PingNode.raw(port, "\u0000\r\n\r\n");
                PingNode.raw(port, "GET http://[/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
                PingNode.raw(port, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
        } finally {
            log.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("HTTP requests that are no agent's ping were refused, 1 since this was last told");
    }

    @Test
    void a_client_that_says_nothing_is_left() throws Exception {
        try (var node = serving(new Limits(64, SHORT, LONG, LONG));
                var silent = PingNode.connect(PingNode.port(node.pings.address("cls", "one")))) {
            assertThat(PingNode.rest(silent)).isEmpty();
        }
    }

    @Test
    void a_client_that_sends_a_byte_now_and_then_is_left_all_the_same() throws Exception {
        try (var node = serving(new Limits(64, LONG, SHORT, LONG));
                var slow = PingNode.connect(PingNode.port(node.pings.address("cls", "one")))) {
            PingNode.write(slow, "GET / HTTP/1.1\r\nX: ");

            Await.until("the slow client is left", () -> !takesOneMore(slow));
        }
    }

    private static boolean takesOneMore(Socket socket) throws IOException {
        try {
            PingNode.write(socket, "x");
            return true;
        } catch (SocketException left) {
            return false;
        }
    }

    @Test
    void silent_clients_cannot_keep_an_agent_out() throws Exception {
        var silent = new ArrayList<Socket>();
        try (var node = serving(new Limits(4, LONG, LONG, SHORT))) {
            var url = node.pings.register("cls", "one");
            for (var i = 0; i < 8; i++) {
                silent.add(PingNode.connect(PingNode.port(url)));
            }

            assertThat(node.get(url).statusCode()).isEqualTo(200);
        } finally {
            for (var socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void a_thousand_clients_at_once_are_all_answered_by_a_few_threads() throws Exception {
        try (var node = serving(Limits.USUAL);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var url = node.pings.register("cls", "one");
            List<Future<String>> answers = new ArrayList<>();
            for (var i = 0; i < 1000; i++) {
                answers.add(clients.submit(() -> PingNode.raw(PingNode.port(url), get(url, "Host: localhost"))));
            }

            for (var answer : answers) {
                assertThat(answer.get()).startsWith("HTTP/1.1 200 ");
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("pings-"))
                    .hasSizeLessThanOrEqualTo(5);
            assertThat(node.heard).hasSize(11);
        }
    }

    @Test
    void a_body_without_end_is_read_to_its_limit_and_still_a_ping() throws Exception {
        try (var node = serving(Limits.USUAL);
                var socket = PingNode.connect(PingNode.port(node.pings.address("cls", "one")))) {
            var url = node.pings.register("cls", "one");
            PingNode.write(
                    socket,
                    "POST " + PingNode.path(url)
                            + "/fail HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000000\r\n\r\n");
            var some = "x".repeat(10_000);

            Await.until("the client is left", () -> {
                try {
                    PingNode.write(socket, some);
                    return false;
                } catch (SocketException left) {
                    return true;
                }
            });

            assertThat(node.last().body()).hasSize(Ping.BODY_BYTES);
            assertThat(node.last().bodyCut()).isTrue();
        }
    }
}
