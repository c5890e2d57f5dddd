package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.Heard;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A bus with one inbox in memory, so that tests of the way to it see what comes over, and in which state it is left. */
final class FakeBus implements Bus {
    final BlockingDeque<WorkOrder> waiting = new LinkedBlockingDeque<>();
    final List<Beat> beats = new CopyOnWriteArrayList<>();
    final List<Acknowledgement> acknowledged = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    volatile Presence presence = new Presence.Connected("embedded");

    /** What each drop does before anything else. */
    volatile Before beforeDrop = () -> {};

    /** Something that may fail or take its time. */
    interface Before {
        void run() throws BusException;
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        beforeDrop.run();
        waiting.add(order);
        return new Accepted.New(order.id());
    }

    @Override
    public Reception receive(String inbox) {
        open.incrementAndGet();
        return new FakeReception();
    }

    @Override
    public Listening listen(String from) {
        open.incrementAndGet();
        return new FakeListening();
    }

    @Override
    public void beat(Beat beat) {
        beats.add(beat);
    }

    @Override
    public Presence presence() {
        return presence;
    }

    @Override
    public void close() {}

    private final class FakeReception implements Reception {
        private final List<WorkOrder> given = new CopyOnWriteArrayList<>();

        @Override
        public List<WorkOrder> take(int most, Duration wait) throws InterruptedException {
            var taken = new ArrayList<WorkOrder>();
            var first = waiting.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            if (first != null) {
                taken.add(first);
                waiting.drainTo(taken, most - 1);
            }
            given.addAll(taken);
            return taken;
        }

        @Override
        public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) {
            acknowledged.add(acknowledgement);
            return given.remove(order);
        }

        @Override
        public void quarantine(WorkOrder order, String reason) {
            given.remove(order);
        }

        @Override
        public boolean found(Found found, Acknowledgement acknowledgement) {
            return true;
        }

        @Override
        public boolean delivered(String id) {
            return acknowledged.stream().anyMatch(each -> each.id().equals(id));
        }

        @Override
        public void close() {
            waiting.addAll(given);
            given.clear();
            open.decrementAndGet();
        }
    }

    private final class FakeListening implements Listening {
        @Override
        public List<Heard> hear(int most, Duration wait) {
            var heard = new ArrayList<Heard>();
            acknowledged.forEach(each -> heard.add(new Heard(heard.size() + 1, each)));
            return heard;
        }

        @Override
        public void heard(long upTo) {}

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
