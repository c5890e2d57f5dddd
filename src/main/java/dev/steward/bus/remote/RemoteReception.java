package dev.steward.bus.remote;

import dev.steward.bus.Acknowledgement;
import dev.steward.bus.Bus.Reception;
import dev.steward.bus.BusException;
import dev.steward.bus.Found;
import dev.steward.bus.WorkOrder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** An inbox that the daemon's bus holds open for this process. */
final class RemoteReception implements Reception {
    private final Held held;
    private final ArrayDeque<WorkOrder> given = new ArrayDeque<>();

    RemoteReception(Held held) {
        this.held = held;
    }

    @Override
    public List<WorkOrder> take(int most, Duration wait) throws BusException, InterruptedException {
        if (given.isEmpty()) {
            for (var reply : held.come(time -> new Request.Take(most, time), wait)) {
                if (reply instanceof Reply.Given one) {
                    given.add(one.order());
                }
            }
        }
        var taken = new ArrayList<WorkOrder>();
        while (taken.size() < most && !given.isEmpty()) {
            taken.add(given.remove());
        }
        return taken;
    }

    @Override
    public boolean acknowledge(WorkOrder order, Acknowledgement acknowledgement) throws BusException {
        return Answers.truth(held.answer(new Request.Acknowledge(order, acknowledgement)));
    }

    @Override
    public void quarantine(WorkOrder order, String reason) throws BusException {
        Answers.done(held.answer(new Request.Quarantine(order, reason)));
    }

    @Override
    public boolean found(Found found, Acknowledgement acknowledgement) throws BusException {
        return Answers.truth(held.answer(new Request.MakeKnown(found, acknowledgement)));
    }

    @Override
    public boolean delivered(String id) throws BusException {
        return Answers.truth(held.answer(new Request.AskDelivered(id)));
    }

    @Override
    public void close() {
        held.close();
    }
}
