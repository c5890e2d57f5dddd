package dev.steward.control;

import dev.steward.control.ControlException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks a home's daemon, one question after the other. A plain socket, so that a command starts fast. For one thread. */
public final class ControlClient implements AutoCloseable {
    private final SocketChannel channel;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).limit(0);

    private ControlClient(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects to the home's daemon.
     *
     * @throws ControlException {@code NOT_RUNNING} or {@code NOT_PERMITTED}
     */
    public static ControlClient connect(Path home) throws ControlException {
        Path socket;
        try {
            socket = SocketPath.of(home);
        } catch (NoSuchFileException e) {
            throw new ControlException(Kind.NOT_RUNNING, "there is no home " + home);
        } catch (IOException e) {
            throw new ControlException(Kind.NOT_PERMITTED, describe(home, e));
        }
        if (!Files.exists(socket)) {
            throw Files.isReadable(home)
                    ? new ControlException(Kind.NOT_RUNNING, "no daemon runs on " + home)
                    : new ControlException(Kind.NOT_PERMITTED, home + " may not be read by this user");
        }
        return connectTo(socket, home);
    }

    private static ControlClient connectTo(Path socket, Path home) throws ControlException {
        try {
            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return new ControlClient(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            // Asked of the file: what the exception says is in the language of the user.
            throw Files.isWritable(socket) || Files.notExists(socket)
                    ? new ControlException(Kind.NOT_RUNNING, "no daemon runs on " + home)
                    : new ControlException(Kind.NOT_PERMITTED, describe(socket, e));
        }
    }

    private static String describe(Path file, IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains(file.toString()) ? message : file + ": " + message;
    }

    /**
     * Asks, and waits for the answer.
     *
     * @throws ControlException if there is no answer, or it is an error
     */
    public Answer ask(Question question) throws ControlException {
        return ask(question, _ -> {});
    }

    /**
     * The same for what tells how it goes.
     *
     * @param lines takes each line as it comes
     */
    public Answer ask(Question question, Consumer<String> lines) throws ControlException {
        return exchange(question.line(), lines);
    }

    /** The same with parameters that somebody wrote as JSON. */
    public Answer ask(String method, String params, Consumer<String> lines) throws ControlException {
        return exchange(Question.line(method, params), lines);
    }

    private Answer exchange(String question, Consumer<String> lines) throws ControlException {
        try {
            send(question);
            while (true) {
                var members = Json.members(line());
                var error = members.get("error");
                var result = members.get("result");
                if (error != null) {
                    var told = Json.members(error);
                    throw ControlException.of(
                            Integer.parseInt(told.getOrDefault("code", "0")),
                            Json.text(told.getOrDefault("message", "\"\"")));
                }
                if (result != null) {
                    return new Answer(result);
                }
                if ("\"line\"".equals(members.get("method"))) {
                    lines.accept(Json.text(
                            Json.members(members.getOrDefault("params", "{}")).getOrDefault("text", "\"\"")));
                }
            }
        } catch (ClosedChannelException e) {
            throw new ControlException(Kind.NO_ANSWER, "the daemon does not answer");
        } catch (IOException e) {
            throw new ControlException(Kind.NO_ANSWER, "the daemon went away: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ControlException(Kind.NO_ANSWER, "the daemon's answer makes no sense: " + e.getMessage());
        }
    }

    private void send(String question) throws IOException {
        try {
            var bytes = ByteBuffer.wrap(question.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // A daemon that turned this client away said why before it closed: that is there to be read yet.
            if (!channel.isOpen()) {
                throw e;
            }
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        while (true) {
            while (buffer.hasRemaining()) {
                var next = buffer.get();
                if (next == '\n') {
                    return line.toString(StandardCharsets.UTF_8);
                }
                line.write(next);
            }
            buffer.clear();
            var read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                throw new IOException("it closed the connection");
            }
        }
    }

    /** From now on the daemon has to have answered within that time, else it counts as not answering. */
    public ControlClient within(Duration patience) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                if (!closed.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                    channel.close();
                }
            } catch (InterruptedException | IOException e) {
                // This thread ends here, and whoever asked finds the channel closed or gets the answer.
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /** Ends a question that waits, too, when another thread calls it. */
    @Override
    public void close() throws ControlException {
        closed.countDown();
        try {
            channel.close();
        } catch (IOException e) {
            throw new ControlException(Kind.NO_ANSWER, "the connection could not be closed: " + e.getMessage());
        }
    }
}
