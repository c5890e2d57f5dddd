package dev.steward.testing;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A redis-server of its own on a free port of the loopback, with little memory; to be stopped, killed, frozen and started anew. */
public final class RedisServer implements AutoCloseable {
    /** Another one to test against: {@code -Dsteward.redis=/path/to/redis-server}, or a valkey-server. */
    private static final String PROGRAM = System.getProperty("steward.redis", "redis-server");

    private static final int CLUSTER_PORTS = 10_000;
    private static final int LAST_PORT = 65_535;

    private final Path folder;
    private final int port;
    private final List<String> options;
    private final List<String> login = new ArrayList<>();
    private @Nullable Process process;

    private RedisServer(Path folder, List<String> options) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.port = options.contains("--cluster-enabled") ? freeClusterPort() : freePort();
        this.options = options;
    }

    /**
     * Starts one that syncs what it was told each second, as a careful one does; returns when it answers.
     *
     * @param options for example {@code --requirepass secret}, each word by itself
     */
    public static RedisServer start(Path folder, String... options) throws Exception {
        var server = new RedisServer(folder, List.of(options));
        server.start();
        return server;
    }

    /** The same for one that {@link #cli} has to log in to, or to speak TLS with. */
    public static RedisServer start(Path folder, List<String> login, String... options) throws Exception {
        var server = new RedisServer(folder, List.of(options));
        server.login.addAll(login);
        server.start();
        return server;
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** With the one beside it on which the nodes of a Cluster talk: 10,000 higher, as all versions have it. */
    private static int freeClusterPort() throws IOException {
        int port = freePort();
        while (port >= LAST_PORT - CLUSTER_PORTS || isTaken(port + CLUSTER_PORTS)) {
            port = freePort();
        }
        return port;
    }

    private static boolean isTaken(int port) throws IOException {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return false;
        } catch (BindException taken) {
            return true;
        }
    }

    /** Starts it anew, on the same port, with what is in its folder; returns when it answers. */
    public void start() throws Exception {
        launch();
        Await.until("redis-server answers", () -> cli("PING").strip().equals("PONG"));
    }

    /** The same without waiting. */
    public void launch() throws IOException {
        boolean tls = options.contains("--tls-cert-file");
        var command = new ArrayList<>(List.of(PROGRAM, "--bind", "127.0.0.1", "--daemonize", "no"));
        command.addAll(List.of("--port", tls ? "0" : "" + port, "--dir", folder.toString(), "--maxmemory", "128mb"));
        if (tls) {
            command.addAll(List.of("--tls-port", "" + port));
        }
        command.addAll(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "everysec"));
        command.addAll(options);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    /** Starts a Sentinel that watches a server. */
    public static RedisServer sentinel(Path folder, String master, RedisServer watched) throws Exception {
        var sentinel = new RedisServer(folder, List.of());
        var config = folder.resolve("sentinel.conf");
        Files.writeString(config, """
                port %d
                bind 127.0.0.1
                dir %s
                sentinel monitor %s 127.0.0.1 %d 1
                sentinel down-after-milliseconds %s 500
                sentinel failover-timeout %s 3000
                """.formatted(sentinel.port, folder, master, watched.port, master, master));
        sentinel.process = new ProcessBuilder(PROGRAM, config.toString(), "--sentinel")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until("the Sentinel answers", () -> sentinel.cli("PING").strip().equals("PONG"));
        return sentinel;
    }

    public int port() {
        return port;
    }

    private Process process() {
        return Objects.requireNonNull(process, "not started");
    }

    public long pid() {
        return process().pid();
    }

    /** SIGKILL, and its end. */
    public void kill() throws InterruptedException {
        process().destroyForcibly().waitFor();
    }

    /** Forgets all that it had on disk; to be called while it is down. */
    public void wipe() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** SIGSTOP: it accepts connections, by the kernel, and answers nothing. */
    public void freeze() throws Exception {
        signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        if (new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor() != 0) {
            throw new IOException("no signal " + name + " to " + process);
        }
    }

    /** What redis-cli prints: an independent witness. */
    public String cli(String... words) throws Exception {
        var command = new ArrayList<>(List.of("redis-cli", "-p", "" + port, "--no-auth-warning"));
        command.addAll(login);
        command.addAll(List.of(words));
        var cli = new ProcessBuilder(command).redirectErrorStream(true).start();
        cli.getOutputStream().close();
        var said = new String(cli.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!cli.waitFor(10, TimeUnit.SECONDS)) {
            cli.destroyForcibly();
        }
        return said;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
