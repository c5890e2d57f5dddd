package dev.steward.bus.redis;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import dev.steward.orders.InboxEvent;
import dev.steward.orders.InboxName;
import dev.steward.orders.Receiver;
import dev.steward.testing.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** The inbox CLC of a node, with a real receiver, that can be made to stand still within a delivery. */
final class InboxOf implements AutoCloseable {
    private final CountDownLatch stalled = new CountDownLatch(1);
    private final CountDownLatch goOn;
    private final List<InboxEvent> events = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final Receiver receiver;

    /** @param stalls whether it stands still within its first delivery, until {@link #goOn} */
    InboxOf(RedisNode node, String name, Path folder, boolean stalls) {
        this.folder = folder;
        this.goOn = new CountDownLatch(stalls ? 1 : 0);
        this.receiver = Receiver.start(
                new Stalled(node.bus, stalled, goOn),
                new Receiver.Inbox(new InboxName("CLC"), folder),
                new Receiver.Identity("clc", name, ""),
                Receiver.Timing.usual(InstantSource.system(), System::nanoTime),
                events::add);
    }

    private record Stalled(Bus bus, CountDownLatch stalled, CountDownLatch goOn) implements Bus {
        @Override
        public Accepted drop(WorkOrder order) throws BusException {
            return bus.drop(order);
        }

        @Override
        public Reception receive(String inbox) throws BusException {
            return new Stalling(bus.receive(inbox), stalled, goOn);
        }

        @Override
        public Listening listen(String from) throws BusException {
            return bus.listen(from);
        }

        @Override
        public void beat(Beat beat) throws BusException {
            bus.beat(beat);
        }

        @Override
        public Presence presence() throws BusException {
            return bus.presence();
        }

        @Override
        public void close() throws BusException {
            bus.close();
        }
    }

    /** The folder of the order is written, and not yet in its place. */
    void awaitStalled() throws Exception {
        Await.until("it stands still within a delivery", () -> stalled.getCount() == 0);
    }

    void goOn() {
        goOn.countDown();
    }

    void awaitNotOurs(String id) throws Exception {
        Await.until(id + " is left to others", () -> events.contains(new InboxEvent.NotOurs(id)));
    }

    boolean has(String id) {
        return Files.isDirectory(folder.resolve(id));
    }

    void await(String id) throws Exception {
        Await.until(id + " lies in the inbox", () -> has(id));
    }

    /** What had begun to arrive, and receipts. */
    long halfDone() throws Exception {
        try (var arriving = Files.list(folder.resolve(".arriving"));
                var receipts = Files.list(folder.resolve(".receipts"))) {
            return arriving.count()
                    + receipts.filter(each -> !each.endsWith("blank")).count();
        }
    }

    @Override
    public void close() {
        goOn();
        receiver.close();
    }
}
