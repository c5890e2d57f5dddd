package dev.steward.agent;

import dev.steward.bus.Bus;
import dev.steward.bus.BusException;
import dev.steward.bus.BusException.Kind;
import java.time.Duration;

/**
 * Hears who received the orders that were dropped in the agent's name, and tells it. What it told and the bus could not mark as heard
 * any more is told again. For a thread of its own.
 */
final class Ears implements Runnable {
    private static final int MOST = 64;
    private static final Duration WAIT = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Bus bus;
    private final String name;
    private final Log log;
    private final Alarm back;
    private String trouble = "";

    /** @param back is raised when the bus is there */
    Ears(Bus bus, String name, Log log, Alarm back) {
        this.bus = bus;
        this.name = name;
        this.log = log;
        this.back = back;
    }

    @Override
    public void run() {
        try {
            while (true) {
                try (var listening = bus.listen(name)) {
                    hear(listening);
                } catch (BusException e) {
                    tell(e);
                }
                back.await(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void hear(Bus.Listening listening) throws BusException, InterruptedException {
        while (true) {
            var all = listening.hear(MOST, WAIT);
            trouble = "";
            for (var each : all) {
                log.acknowledged(each.acknowledgement());
            }
            if (!all.isEmpty()) {
                listening.heard(all.getLast().seq());
            }
        }
    }

    /** Once a change. A bus that is away is told by who asks it. */
    private void tell(BusException e) {
        var reason = String.valueOf(e.getMessage());
        if (e.kind() != Kind.UNAVAILABLE && !reason.equals(trouble)) {
            trouble = reason;
            log.fail("acknowledgements: " + reason);
        }
    }
}
