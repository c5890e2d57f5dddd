package dev.steward.web;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty, kept small and with limits to whatever a local program may do to it. Everything of Jetty is in this class, in
 * {@link PingHandler} and in {@link Lifetimes}: who does not load these, does not load it.
 */
final class PingServer implements AutoCloseable {
    private static final int THREADS = 5;
    private static final int HEADER_BYTES = 4096;
    private static final int ANSWER_BYTES = 512;
    private static final int IDLE_THREAD_MILLIS = 5000;

    private final Server server;

    private PingServer(Server server) {
        this.server = server;
    }

    /**
     * Answers what comes in, and who has been waiting.
     *
     * @param channel is bound, and will be closed by {@link #close}
     */
    static PingServer start(ServerSocketChannel channel, Reception reception, Limits limits) throws IOException {
        var threads = new QueuedThreadPool(THREADS, 1, IDLE_THREAD_MILLIS);
        threads.setName("pings");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        // A pool would keep what a burst has needed.
        var server = new Server(threads, null, new ByteBufferPool.NonPooling());
        server.setErrorHandler((_, response, callback) -> {
            // Jetty's own page would tell what it is.
            response.write(true, null, callback);
            return true;
        });
        server.setHandler(new PingHandler(reception));
        server.addConnector(connector(server, channel, limits));
        try {
            server.start();
        } catch (Exception e) {
            throw new IOException("the HTTP server cannot start: " + e.getMessage(), e);
        }
        return new PingServer(server);
    }

    private static ServerConnector connector(Server server, ServerSocketChannel channel, Limits limits)
            throws IOException {
        // With a thread that lets clients in, those over the limit wait; the selector's would close them at once.
        var connector = new ServerConnector(server, null, null, null, 1, 1, http());
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.addBean(new Lifetimes(connector.getScheduler(), limits));
        connector.addBean(new NetworkConnectionLimit(limits.connections(), connector));
        connector.open(channel);
        return connector;
    }

    private static HttpConnectionFactory http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setSendDateHeader(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setResponseHeaderSize(ANSWER_BYTES);
        http.setOutputBufferSize(ANSWER_BYTES);
        http.setHeaderCacheSize(0);
        http.setUseInputDirectByteBuffers(false);
        http.setUseOutputDirectByteBuffers(false);
        // An agent pings now and then; a connection kept for the next ping would only take a place.
        http.setPersistentConnectionsEnabled(false);
        // Paths are compared as they were sent, so none can mislead, and an odd one is as unknown as any other.
        http.setUriCompliance(UriCompliance.UNSAFE);
        var factory = new HttpConnectionFactory(http);
        factory.setInputBufferSize(HEADER_BYTES);
        return factory;
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IOException("the HTTP server cannot stop: " + e.getMessage(), e);
        }
    }
}
