package dev.steward.bus.remote;

import dev.steward.bus.Accepted;
import dev.steward.bus.Beat;
import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.Presence;
import dev.steward.bus.WorkOrder;

/** A bus of a node whose server is away: what stays on the node works. */
record AwayBus(Bus local) implements Bus {
    @Override
    public Presence presence() {
        return new Presence.Away("redis", "no server");
    }

    @Override
    public Accepted drop(WorkOrder order) throws BusException {
        return local.drop(order);
    }

    @Override
    public Reception receive(String inbox) throws BusException {
        return local.receive(inbox);
    }

    @Override
    public Listening listen(String from) throws BusException {
        return local.listen(from);
    }

    @Override
    public void beat(Beat beat) throws BusException {
        local.beat(beat);
    }

    @Override
    public void close() throws BusException {
        local.close();
    }
}
