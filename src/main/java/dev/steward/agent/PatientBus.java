package dev.steward.agent;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;
import java.time.Duration;

/**
 * A bus on which one who receives waits for the daemon instead of asking for it now and then: so it receives again as soon as the daemon
 * is back.
 */
record PatientBus(Bus bus, Alarm back) implements Bus {
    private static final Duration NET = Duration.ofSeconds(1);

    @Override
    public Reception receive(String inbox) throws BusException {
        while (true) {
            try {
                return bus.receive(inbox);
            } catch (BusException e) {
                if (e.kind() != Kind.UNAVAILABLE) {
                    throw e;
                }
                await(e);
            }
        }
    }

    private void await(BusException why) throws BusException {
        try {
            back.await(NET);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        return bus.drop(order);
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
