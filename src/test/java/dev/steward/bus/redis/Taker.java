package dev.steward.bus.redis;

import static dev.steward.bus.BusSamples.acknowledgement;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Receives an inbox as a receiver does: what is not delivered yet is delivered, which is counted, and acknowledged. */
final class Taker implements AutoCloseable {
    private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();
    private final Bus.Reception reception;
    private final Thread thread;
    private volatile boolean closed;
    private volatile String failure = "";

    Taker(Bus bus, String inbox) throws BusException {
        reception = bus.receive(inbox);
        thread = Thread.ofPlatform().name("taker").start(this::work);
    }

    private void work() {
        try {
            while (!closed) {
                for (var order : reception.take(16, Duration.ofMillis(200))) {
                    deliver(order);
                }
            }
        } catch (BusException | InterruptedException e) {
            failure = e.toString();
        }
    }

    private void deliver(WorkOrder order) throws BusException {
        if (!reception.delivered(order.id())) {
            deliveries.merge(order.id(), 1, Integer::sum);
        }
        reception.acknowledge(order, acknowledgement(order));
    }

    /** How often each order was delivered. */
    Map<String, Integer> deliveries() {
        return new TreeMap<>(deliveries);
    }

    List<String> ids() {
        return List.copyOf(deliveries().keySet());
    }

    int count() {
        return deliveries.size();
    }

    String failure() {
        return failure;
    }

    @Override
    public void close() throws BusException {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        reception.close();
    }
}
