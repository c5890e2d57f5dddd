package dev.steward.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells the listener, one event at a time; what goes wrong there hinders no work. What hinders is told once, not for each work that it hinders, nor at each attempt. */
final class Teller {
    private final Consumer<InboxEvent> listener;
    private final Map<String, String> troubles = new HashMap<>();

    Teller(Consumer<InboxEvent> listener) {
        this.listener = listener;
    }

    synchronized void tell(InboxEvent event) {
        pass(event);
    }

    private void pass(InboxEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            // Work goes on: what is told of it can be seen in the inbox, on the bus and in the audit trail too.
            return;
        }
    }

    /** Something hinders this work. */
    synchronized void trouble(String work, String reason) {
        var isTold = troubles.containsValue(reason);
        troubles.put(work, reason);
        if (!isTold) {
            pass(new InboxEvent.Trouble(reason));
        }
    }

    /** This work goes well again, or is no more to be done. */
    synchronized void well(String work) {
        if (troubles.remove(work) != null && troubles.isEmpty()) {
            pass(new InboxEvent.Over());
        }
    }
}
