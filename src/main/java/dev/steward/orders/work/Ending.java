package dev.steward.orders.work;

import dev.steward.posix.ExitStatus;

/** What the end of a handler's wrapper comes to. Pure. */
final class Ending {
    private Ending() {}

    /** @param written what the wrapper wrote down: where the kernel tells nothing, for it was another process's child, this does */
    static End of(ExitStatus status, AttemptFiles.Written written) {
        if (written.never()) {
            return new End.Interrupted("never begun, since the daemon ended");
        }
        return switch (status) {
            case ExitStatus.Exited exited -> new End.Exited(exited.status());
            case ExitStatus.Signalled signalled -> known(written, "killed by " + signalled);
            case ExitStatus.Unknown _ -> known(written, "it ended unseen, and left no exit status");
        };
    }

    /** The same for one that nobody watched. */
    static End unseen(AttemptFiles.Written written, boolean sameBoot) {
        if (written.never()) {
            return new End.Interrupted("never begun, since the daemon ended");
        }
        return known(
                written,
                sameBoot
                        ? "it ended while no daemon watched, and left no exit status"
                        : "it ended with the machine, which was started anew");
    }

    private static End known(AttemptFiles.Written written, String otherwise) {
        return written.status().isPresent() ? new End.Exited(written.status().getAsInt()) : new End.Lost(otherwise);
    }
}
