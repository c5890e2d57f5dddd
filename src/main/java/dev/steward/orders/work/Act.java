package dev.steward.orders.work;

/** What is to be done for an attempt. */
enum Act {
    /** Lets the handler begin. */
    LET_GO,
    /** Asks all of its processes to end, and looks again after a while. */
    TERMINATE,
    /** Kills all of its processes. */
    KILL,
    /** Ends what its process left behind. */
    CLEAR,
    /** Has it recorded what the attempt came to. */
    RECORD,
    /** Forgets it, and removes its files. */
    FORGET
}
