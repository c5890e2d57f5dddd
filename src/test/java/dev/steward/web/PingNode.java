package dev.steward.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A node that takes pings, with a clock that is turned by hand, and clients of several kinds. */
final class PingNode implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    static final Duration LONG = Duration.ofSeconds(60);

    final List<Heard> heard = new CopyOnWriteArrayList<>();
    final AtomicLong nanos = new AtomicLong(1);
    final Pings pings;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PingNode(Path home) throws IOException {
        this(home, new Limits(64, LONG, LONG, LONG));
    }

    PingNode(Path home, Limits limits) throws IOException {
        pings = Pings.open(
                home, (agent, incarnation, ping) -> heard.add(new Heard(agent, incarnation, ping)), nanos::get, limits);
    }

    record Heard(String agent, String incarnation, Ping ping) {}

    Ping last() {
        return heard.getLast().ping();
    }

    static int port(String url) {
        return URI.create(url).getPort();
    }

    static String path(String url) {
        return URI.create(url).getRawPath();
    }

    HttpResponse<String> get(String url) throws Exception {
        return send(url, "GET", BodyPublishers.noBody());
    }

    HttpResponse<String> send(String url, String method, BodyPublisher body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(url)).method(method, body).build(), BodyHandlers.ofString());
    }

    /** A connection whose client waits at most 20 s for an answer. */
    static Socket connect(int port) throws IOException {
        var socket = new Socket(LOOPBACK, port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Sends these bytes, and gives all that comes back. */
    static String raw(int port, String request) throws IOException {
        try (var socket = connect(port)) {
            write(socket, request);
            return rest(socket);
        }
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        client.close();
        pings.close();
    }
}
