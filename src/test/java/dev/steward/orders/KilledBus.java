package dev.steward.orders;

import dev.steward.bus.Accepted;
import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A bus whose orders are known beforehand, and that keeps each acknowledgement as a file, which can be made once only. */
final class KilledBus implements Bus {
    static final int ORDERS = 900;

    private final Path folder;
    private final CountDownLatch never = new CountDownLatch(1);

    KilledBus(Path folder) {
        this.folder = folder;
    }

    /** Makes what the orders need. */
    static void prepare(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("acks"));
        Files.createDirectories(folder.resolve("spool"));
        for (int i = 0; i < ORDERS; i += 10) {
            Files.write(folder.resolve("spool/" + i), new byte[70_000 + i]);
        }
    }

    static String id(int i) {
        return String.format("WO-%04d", i);
    }

    private WorkOrder order(int i) {
        try {
            var body = i % 10 == 0 ? Orders.spooled(folder.resolve("spool/" + i)) : Orders.inline(new byte[i]);
            return Orders.order(id(i), "body.bin", body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path acknowledgement(String id) {
        return folder.resolve("acks").resolve(id);
    }

    @Override
    public Accepted drop(WorkOrder order) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Listening listen(String from) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beat(Beat beat) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Presence presence() {
        return new Presence.Connected("killed");
    }

    @Override
    public void close() {}

    @Override
    public Reception receive(String inbox) {
        Set<Integer> given = new HashSet<>();
        return new Reception() {
            @Override
            public List<WorkOrder> take(int most, Duration wait) throws InterruptedException {
                var orders = IntStream.range(0, ORDERS)
                        .filter(i -> !given.contains(i) && !Files.exists(acknowledgement(id(i))))
                        .limit(most)
                        .boxed()
                        .toList();
                given.addAll(orders);
                if (orders.isEmpty() && never.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("never");
                }
                return orders.stream().map(KilledBus.this::order).toList();
            }

            @Override
            public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
                try {
                    Files.createFile(acknowledgement(order.id()));
                    return true;
                } catch (FileAlreadyExistsException e) {
                    return false;
                } catch (IOException e) {
                    throw new BusException(BusException.Kind.UNUSABLE, String.valueOf(e.getMessage()), e);
                }
            }

            @Override
            public void quarantine(WorkOrder order, String reason) throws BusException {
                throw new BusException(BusException.Kind.UNUSABLE, "nothing here is wrong: " + reason);
            }

            @Override
            public boolean found(Found found, Acknowledgement acknowledgement) throws BusException {
                throw new BusException(
                        BusException.Kind.UNUSABLE, "found " + found.heading().id());
            }

            @Override
            public boolean delivered(String id) {
                return Files.exists(acknowledgement(id));
            }

            @Override
            public void close() {}
        };
    }
}
