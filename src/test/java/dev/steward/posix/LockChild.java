package dev.steward.posix;

import java.nio.file.Path;

/** Takes a lock in a process of its own, says so, and keeps it until it is killed. */
final class LockChild {
    private LockChild() {}

    public static void main(String[] arguments) throws Exception {
        var locks = Posix.locksOnly();
        var file = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "try" -> System.out.println(locks.tryLock(file).isPresent() ? "locked" : "refused");
            case "wait" -> {
                // Said before the lock is tried: who hears it may still be in its way or not.
                System.out.println("waits");
                locks.lock(file);
                System.out.println("locked");
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.in.read();
    }
}
