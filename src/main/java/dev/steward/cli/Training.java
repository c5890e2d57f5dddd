package dev.steward.cli;

import dev.steward.agent.ReferenceAgent;
import dev.steward.control.SocketPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** What the JVM watches while it makes an AOT cache: commands against a daemon that says the same to everybody. */
final class Training {
    private static final String ANSWER = """
            {"jsonrpc":"2.0","id":1,"result":{"up":true,"state":"up","done":true,"well":true,"text":"cls  up\\n"}}
            """;

    private Training() {}

    static int commands(Caller caller) throws IOException {
        var home = Files.createTempDirectory("steward-train-");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(SocketPath.prepare(home)));
            Thread.ofPlatform().daemon().start(() -> answer(server));
            for (var command : List.of("status", "is-up cls", "status --json")) {
                Quick.answer(at(home, command));
            }
            // Only what starts with the same few classes: all of a cache is loaded at every start.
            for (var command : List.of("start cls", "--help")) {
                Cli.run(caller, at(home, command));
            }
            return Exit.OK;
        } finally {
            remove(home);
        }
    }

    static int agent() throws InterruptedException, IOException {
        ReferenceAgent.rehearse();
        return Exit.OK;
    }

    private static String[] at(Path home, String command) {
        return ("--home " + home + " " + command).split(" ", -1);
    }

    private static void answer(ServerSocketChannel server) {
        while (server.isOpen()) {
            try (var client = server.accept()) {
                answer(client);
            } catch (AsynchronousCloseException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void answer(SocketChannel client) throws IOException {
        try (var in = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8))) {
            while (in.readLine() != null) {
                client.write(ByteBuffer.wrap(ANSWER.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
