package dev.steward.control;

import dev.steward.control.Call.ClientGone;
import dev.steward.control.LineReader.Timer;
import dev.steward.control.Method.Result;
import dev.steward.control.RequestReader.Parsed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: its requests are answered one after the other, by one thread. */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final SocketChannel channel;
    private final Methods methods;
    private final Limits limits;
    private final Watchdog watchdog;

    Connection(SocketChannel channel, Methods methods, Limits limits, Watchdog watchdog) {
        this.channel = channel;
        this.methods = methods;
        this.limits = limits;
        this.watchdog = watchdog;
    }

    /** Returns when the client went away, or was too slow. */
    void serve() throws IOException, InterruptedException {
        var lines = new LineReader(channel, limits.lineBytes(), () -> watchdog.close(channel, limits.line()));
        try {
            while (true) {
                switch (lines.next()) {
                    case Line.Whole whole -> handle(whole.text());
                    case Line.Garbled _ -> refuse("null", new RpcError(RpcError.MALFORMED, "not UTF-8"));
                    case Line.TooLong _ ->
                        refuse(
                                "null",
                                new RpcError(
                                        RpcError.INVALID_REQUEST,
                                        "a request is at most " + limits.lineBytes() + " bytes long"));
                    case Line.End _ -> {
                        return;
                    }
                }
            }
        } catch (ClientGone e) {
            LOG.debug("a client went away", e);
        }
    }

    private void handle(String line) throws ClientGone, InterruptedException {
        switch (RequestReader.parse(line)) {
            case Parsed.Good good -> handle(good.request());
            case Parsed.Bad bad -> refuse(bad.id(), bad.error());
        }
    }

    private void handle(Request request) throws ClientGone, InterruptedException {
        var id = request.id();
        try {
            var method = methods.find(request.method());
            // What was refused was not done, so nothing comes after it.
            var result = method.answer(new Call(new Params(request.params()), new Sender()));
            try {
                if (id.isPresent()) {
                    answer(id.get(), result);
                }
            } finally {
                method.afterwards().run();
            }
        } catch (ClientGone | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            var error = Methods.explain(request.method(), e);
            if (id.isPresent()) {
                refuse(id.get(), error);
            }
        }
    }

    private void answer(String id, Result result) throws ClientGone {
        send(JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("jsonrpc", "2.0");
            json.writeName("id");
            json.writeRawValue(id);
            json.writeName("result");
            result.write(json);
            json.writeEndObject();
        }));
    }

    /** Tells a client what is wrong. */
    void refuse(String id, RpcError error) throws ClientGone {
        send(JsonText.of(json -> {
            json.writeStartObject();
            json.writeStringProperty("jsonrpc", "2.0");
            json.writeName("id");
            json.writeRawValue(id);
            json.writeObjectPropertyStart("error");
            json.writeNumberProperty("code", error.code());
            json.writeStringProperty("message", error.getMessage());
            json.writeEndObject();
            json.writeEndObject();
        }));
    }

    private void send(String message) throws ClientGone {
        var bytes = ByteBuffer.wrap((message + "\n").getBytes(StandardCharsets.UTF_8));
        try (Timer _ = watchdog.close(channel, limits.write())) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new ClientGone(e);
        }
    }

    /** A socket tells that its other end is gone to those only who write to it, so one that waits is sent a sign now and then. */
    private final class Sender implements Call.Lines {
        private Duration silent = Duration.ZERO;

        @Override
        public void line(String text) throws ClientGone {
            silent = Duration.ZERO;
            notify("line", text);
        }

        @Override
        public void pause() throws ClientGone, InterruptedException {
            if (watchdog.awaitClosed(PAUSE)) {
                throw new ClientGone("the socket is being closed");
            }
            silent = silent.plus(PAUSE);
            if (silent.compareTo(limits.pulse()) >= 0) {
                silent = Duration.ZERO;
                notify("pulse", "");
            }
        }

        @Override
        public <T> T await(Future<T> begun, Duration most)
                throws ClientGone, InterruptedException, ExecutionException, TimeoutException {
            var left = most;
            while (left.compareTo(limits.pulse()) > 0) {
                try {
                    return begun.get(limits.pulse().toNanos(), TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    left = left.minus(limits.pulse());
                    notify("pulse", "");
                }
            }
            return begun.get(left.toNanos(), TimeUnit.NANOSECONDS);
        }

        private void notify(String method, String text) throws ClientGone {
            send(JsonText.of(json -> {
                json.writeStartObject();
                json.writeStringProperty("jsonrpc", "2.0");
                json.writeStringProperty("method", method);
                json.writeObjectPropertyStart("params");
                json.writeStringProperty("text", text);
                json.writeEndObject();
                json.writeEndObject();
            }));
        }
    }
}
