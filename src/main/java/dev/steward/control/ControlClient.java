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
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a home's daemon, one question after the other. A plain socket, so that a command starts fast. An answer may take as long as what
 * was asked for does, so that a daemon that hangs is told by a ping before the first question. For one thread.
 */
public final class ControlClient implements AutoCloseable {
    private static final Duration UNTIL_THE_PING_IS_ANSWERED = Duration.ofSeconds(8);

    private final SocketChannel channel;
    private final Patience atFirst;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024).limit(0);
    private Optional<Patience> within = Optional.empty();
    private boolean acknowledged;

    private ControlClient(SocketChannel channel, Patience atFirst) {
        this.channel = channel;
        this.atFirst = atFirst;
    }

    /**
     * Connects to the home's daemon. If that has not answered anything eight seconds later, it counts as silent.
     *
     * @throws ControlException {@code NOT_RUNNING}, {@code NOT_PERMITTED} or {@code SILENT}
     */
    public static ControlClient connect(Path home) throws ControlException {
        return connect(home, UNTIL_THE_PING_IS_ANSWERED);
    }

    static ControlClient connect(Path home, Duration untilThePingIsAnswered) throws ControlException {
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
        return connectTo(socket, home, untilThePingIsAnswered);
    }

    private static ControlClient connectTo(Path socket, Path home, Duration limit) throws ControlException {
        try {
            var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            var patience = new Patience(channel, limit);
            try {
                // Waits where too many others wait already.
                channel.connect(UnixDomainSocketAddress.of(socket));
                return new ControlClient(channel, patience);
            } catch (IOException e) {
                patience.close();
                channel.close();
                if (patience.ranOut()) {
                    throw silent();
                }
                throw e;
            }
        } catch (IOException e) {
            // Asked of the file: what the exception says is in the language of the user.
            throw Files.isWritable(socket) || Files.notExists(socket)
                    ? new ControlException(Kind.NOT_RUNNING, "no daemon runs on " + home)
                    : new ControlException(Kind.NOT_PERMITTED, describe(socket, e));
        }
    }

    private static ControlException silent() {
        return new ControlException(Kind.SILENT, "the daemon does not answer");
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
            if (!acknowledged) {
                acknowledge();
            }
            send(question);
            while (true) {
                var members = Json.members(line());
                var error = members.get("error");
                var result = members.get("result");
                if (error != null) {
                    throw refusal(error);
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
            throw atFirst.ranOut() || within.filter(Patience::ranOut).isPresent()
                    ? silent()
                    : new ControlException(Kind.NO_ANSWER, "the connection was closed");
        } catch (IOException e) {
            throw new ControlException(Kind.NO_ANSWER, "the daemon went away: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new ControlException(Kind.NO_ANSWER, "the daemon's answer makes no sense: " + e.getMessage());
        }
    }

    /**
     * Waits until the daemon has shown that it listens: what was there a moment ago may be just ending.
     *
     * @throws ControlException also as not running, if it went away
     */
    public ControlClient greet() throws ControlException {
        try {
            acknowledge();
            return this;
        } catch (ClosedChannelException e) {
            close();
            throw atFirst.ranOut() ? silent() : new ControlException(Kind.NO_ANSWER, "the connection was closed");
        } catch (IOException e) {
            close();
            throw new ControlException(Kind.NOT_RUNNING, "the daemon has just gone");
        }
    }

    /** Whatever it says to a ping, it lives; what it says without an id concerns the connection, which it closes. */
    private void acknowledge() throws ControlException, IOException {
        send(Question.of("ping").line());
        var members = Json.members(line());
        atFirst.close();
        var error = members.get("error");
        if (error != null && "null".equals(members.get("id"))) {
            throw refusal(error);
        }
        acknowledged = true;
    }

    private static ControlException refusal(String error) {
        var told = Json.members(error);
        return ControlException.of(
                Integer.parseInt(told.getOrDefault("code", "0")), Json.text(told.getOrDefault("message", "\"\"")));
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

    /** From now on the daemon has to have answered within that time, else it counts as silent. There is no ping then. */
    public ControlClient within(Duration patience) {
        atFirst.close();
        acknowledged = true;
        within.ifPresent(Patience::close);
        within = Optional.of(new Patience(channel, patience));
        return this;
    }

    /** Ends a question that waits, too, when another thread calls it. */
    @Override
    public void close() throws ControlException {
        atFirst.close();
        within.ifPresent(Patience::close);
        try {
            channel.close();
        } catch (IOException e) {
            throw new ControlException(Kind.NO_ANSWER, "the connection could not be closed: " + e.getMessage());
        }
    }
}
