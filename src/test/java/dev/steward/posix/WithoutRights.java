package dev.steward.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;

/** Makes the calling thread, which must end soon, less than root: capset(2). */
final class WithoutRights {
    private static final int VERSION_3 = 0x2008_0522;

    private WithoutRights() {}

    /** Drops capabilities, by their numbers below 32 in capabilities(7), for good. */
    static void drop(int... capabilities) {
        var libc = new Libc(Os.LINUX);
        try (var arena = Arena.ofConfined()) {
            var header = arena.allocateFrom(JAVA_INT, VERSION_3, 0);
            var sets = arena.allocate(JAVA_INT, 6);
            assertThat(libc.call(libc.function("capget"), header.address(), sets.address()))
                    .isZero();
            for (var capability : capabilities) {
                for (var set = 0; set < 3; set++) {
                    sets.setAtIndex(JAVA_INT, set, sets.getAtIndex(JAVA_INT, set) & ~(1 << capability));
                }
            }
            assertThat(libc.call(libc.function("capset"), header.address(), sets.address()))
                    .isZero();
        }
    }
}
