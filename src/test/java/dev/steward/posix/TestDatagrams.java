package dev.steward.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Datagrams over a folder of a test's, and those who send them. */
final class TestDatagrams implements AutoCloseable {
    static final int LONG = (int) Duration.ofSeconds(30).toMillis();

    /** As programs send that know nothing of Steward. */
    private static final String SEND = """
            import os, socket, sys
            name = sys.argv[1]
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.connect("\\0" + name[1:] if name[0] == "@" else name)
            """;

    final Posix posix = Posix.forSupervisor();
    final Datagrams datagrams = posix.datagrams();
    final DatagramSender sender = Posix.datagramSender();
    private final Path folder;

    TestDatagrams(Path folder) {
        this.folder = folder;
    }

    SocketName name() {
        return new SocketName.InFileSystem(folder.resolve("notify"));
    }

    /** A program that knows nothing of Steward, with {@code s} connected to that name. */
    static Process python(SocketName name, String script) throws IOException {
        return new ProcessBuilder("python3", "-c", SEND + script, name.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void ended(Process process) throws InterruptedException {
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    /** What arrives next, on that socket and on no other. */
    Datagram next(LocalSocket socket) throws IOException {
        assertThat(datagrams.await(LONG)).containsExactly(socket);
        return socket.receive().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        datagrams.close();
        posix.close();
    }
}
