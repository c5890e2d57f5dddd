package dev.steward.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes a connection that takes too long, whatever it does: the idle timeout alone would let a client send a byte every few seconds
 * and keep its place for hours (slowloris). Half of the places are for clients that are quick, so that no slow ones keep all others
 * waiting for long.
 */
final class Lifetimes implements Connection.Listener {
    private final Scheduler scheduler;
    private final Limits limits;
    private final Map<Connection, Scheduler.Task> ends = new ConcurrentHashMap<>();

    Lifetimes(Scheduler scheduler, Limits limits) {
        this.scheduler = scheduler;
        this.limits = limits;
    }

    @Override
    public void onOpened(Connection connection) {
        var client = connection.getEndPoint();
        var life = ends.size() < limits.connections() / 2 ? limits.life() : limits.lifeIfMany();
        ends.put(connection, scheduler.schedule(() -> client.close(), life));
    }

    @Override
    public void onClosed(Connection connection) {
        var end = ends.remove(connection);
        if (end != null) {
            end.cancel();
        }
    }
}
