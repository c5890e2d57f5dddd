package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * A user of this machine.
 *
 * @param uid user id
 * @param gid id of the main group
 * @param groups ids of all groups, the main one among them
 */
record Account(String name, int uid, int gid, List<Integer> groups) {
    /** An array of gid_t. */
    static List<Integer> ids(MemorySegment array, long count) {
        return Arrays.stream(array.asSlice(0, Integer.BYTES * count).toArray(JAVA_INT))
                .boxed()
                .toList();
    }

    /** Whether it may do what the other may, whatever its name; the kernel has groups in an order of its own. */
    boolean hasRightsOf(Account other) {
        return uid == other.uid && gid == other.gid && new HashSet<>(groups).equals(new HashSet<>(other.groups));
    }
}
