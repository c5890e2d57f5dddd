package dev.steward.bus.redis;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A reception whose receiver stands still once its folder is written: before the last question whether the order is its own. */
record Stalling(Bus.Reception reception, CountDownLatch stalled, CountDownLatch goOn) implements Bus.Reception {
    @Override
    public List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException {
        return reception.take(most, wait);
    }

    @Override
    public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
        return reception.acknowledge(order, acknowledgement);
    }

    @Override
    public void quarantine(WorkOrder order, String reason) throws BusException {
        reception.quarantine(order, reason);
    }

    @Override
    public boolean found(Found found, Acknowledgement acknowledgement) throws BusException {
        return reception.found(found, acknowledgement);
    }

    @Override
    public boolean delivered(String id) throws BusException {
        stalled.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return reception.delivered(id);
    }

    @Override
    public void close() throws BusException {
        reception.close();
    }
}
