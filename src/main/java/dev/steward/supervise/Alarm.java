package dev.steward.supervise;

/** What an agent can be woken for, and the event that this is. */
enum Alarm {
    READY(new Event.BecameReady()),
    READY_TIMEOUT(new Event.ReadyTimedOut()),
    STOP_TIMEOUT(new Event.StopTimedOut()),
    BACKOFF(new Event.BackoffElapsed()),
    SETTLED(new Event.Settled());

    private final Event event;

    Alarm(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }
}
