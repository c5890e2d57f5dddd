package dev.steward.bus.local;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Bus.Reception;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.List;

/** An inbox opened past the daemon. */
record DirectReception(Reception reception, Slices slices) implements Reception {
    @Override
    public List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException {
        return slices.until(wait, time -> reception.take(most, time));
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
        return reception.delivered(id);
    }

    @Override
    public void close() throws BusException {
        reception.close();
    }
}
