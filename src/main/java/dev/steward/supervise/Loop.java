package dev.steward.supervise;

/** The supervising thread, as its parts see it. Everything but {@link #post} is for that thread alone. */
interface Loop {
    /** The monotonic clock, in nanoseconds. */
    long now();

    Timers timers();

    /** Lets something happen to an agent. */
    void handle(Agent agent, Event event);

    /** Has it written down what a person asked of an agent. */
    void remember(Agent agent);

    /** Has something done on the supervising thread, soon; from any thread. */
    void post(Runnable action);
}
