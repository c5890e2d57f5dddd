package dev.steward.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes a connection that takes too long, whatever it does: the idle timeout alone would let a client send a byte every few seconds
 * and keep its place for hours (slowloris).
 */
final class Lifetimes implements Connection.Listener {
    private final Scheduler scheduler;
    private final Duration life;
    private final Map<Connection, Scheduler.Task> ends = new ConcurrentHashMap<>();

    Lifetimes(Scheduler scheduler, Duration life) {
        this.scheduler = scheduler;
        this.life = life;
    }

    @Override
    public void onOpened(Connection connection) {
        ends.put(connection, scheduler.schedule(() -> connection.getEndPoint().close(), life));
    }

    @Override
    public void onClosed(Connection connection) {
        var end = ends.remove(connection);
        if (end != null) {
            end.cancel();
        }
    }
}
