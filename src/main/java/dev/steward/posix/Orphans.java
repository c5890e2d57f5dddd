package dev.steward.posix;

/** Who gets the children of a process that ended. */
final class Orphans {
    private static final int SET_CHILD_SUBREAPER = 36;

    private Orphans() {}

    /**
     * Makes this process the parent of its descendants' orphans, see PR_SET_CHILD_SUBREAPER(2const). A process that forked
     * away from an agent is found so, whatever it did to its session, environment and descriptors.
     */
    static void inherit(Libc libc) {
        var result = libc.call(libc.function("prctl"), SET_CHILD_SUBREAPER, 1);
        if (result != 0) {
            throw new UnsupportedSystem("prctl(PR_SET_CHILD_SUBREAPER) says " + libc.describe(-result));
        }
    }
}
