package dev.steward.orders;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells the listener, one event at a time. What hinders is told once, not for each work that it hinders, nor at each attempt. */
final class Teller {
    private final Consumer<InboxEvent> listener;
    private final Map<String, String> troubles = new HashMap<>();

    Teller(Consumer<InboxEvent> listener) {
        this.listener = listener;
    }

    synchronized void tell(InboxEvent event) {
        listener.accept(event);
    }

    /** Something hinders this work. */
    synchronized void trouble(String work, String reason) {
        var isTold = troubles.containsValue(reason);
        troubles.put(work, reason);
        if (!isTold) {
            listener.accept(new InboxEvent.Trouble(reason));
        }
    }

    /** This work goes well again, or is no more to be done. */
    synchronized void well(String work) {
        if (troubles.remove(work) != null && troubles.isEmpty()) {
            listener.accept(new InboxEvent.Over());
        }
    }
}
