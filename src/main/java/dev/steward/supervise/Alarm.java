package dev.steward.supervise;

/** What an agent can be woken for. */
enum Alarm {
    READY,
    READY_TIMEOUT,
    STOP_TIMEOUT,
    BACKOFF,
    SETTLED,
    STALE;

    /** What it means to the agent. */
    Event event() {
        return switch (this) {
            case READY -> new Event.BecameReady();
            case READY_TIMEOUT -> new Event.ReadyTimedOut();
            case STOP_TIMEOUT -> new Event.StopTimedOut();
            case BACKOFF -> new Event.BackoffElapsed();
            case SETTLED -> new Event.Settled();
            case STALE -> new Event.Stale();
        };
    }
}
