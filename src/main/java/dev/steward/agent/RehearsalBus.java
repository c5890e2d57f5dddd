package dev.steward.agent;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.Found;
import dev.steward.bus.Heard;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A bus in memory, for one who drops, receives and listens once. */
final class RehearsalBus implements Bus {
    private final BlockingQueue<WorkOrder> dropped = new LinkedBlockingQueue<>();
    private final BlockingQueue<Heard> acknowledged = new LinkedBlockingQueue<>();

    @Override
    public Accepted drop(WorkOrder order) {
        dropped.add(order);
        return new Accepted.New(order.id());
    }

    @Override
    public Reception receive(String inbox) {
        return new Once();
    }

    @Override
    public Listening listen(String from) {
        return new Last();
    }

    @Override
    public void beat(Beat beat) {}

    @Override
    public Presence presence() {
        return new Presence.Connected("embedded");
    }

    @Override
    public void close() {}

    private static <T> List<T> first(BlockingQueue<T> queue, Duration wait) throws InterruptedException {
        var all = new ArrayList<T>();
        var first = queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            all.add(first);
        }
        return all;
    }

    private final class Once implements Reception {
        @Override
        public List<WorkOrder> take(int most, Duration wait) throws InterruptedException {
            return first(dropped, wait);
        }

        @Override
        public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) {
            return acknowledged.add(new Heard(1, acknowledgement));
        }

        @Override
        public void quarantine(WorkOrder order, String reason) {}

        @Override
        public boolean found(Found found, Acknowledgement acknowledgement) {
            return true;
        }

        @Override
        public boolean delivered(String id) {
            return false;
        }

        @Override
        public void close() {}
    }

    private final class Last implements Listening {
        @Override
        public List<Heard> hear(int most, Duration wait) throws InterruptedException {
            return first(acknowledged, wait);
        }

        @Override
        public void heard(long upTo) {}

        @Override
        public void close() {}
    }
}
