package dev.steward.posix;

/** How a process ended. */
public sealed interface ExitStatus {
    /** It called exit(3), with this status from 0 to 255. */
    record Exited(int status) implements ExitStatus {
        @Override
        public String toString() {
            return "exit status " + status;
        }
    }

    /** A signal ended it. */
    record Signalled(int signal, boolean coreDumped) implements ExitStatus {
        @Override
        public String toString() {
            return Signal.nameOf(signal) + (coreDumped ? " (core dumped)" : "");
        }
    }

    /** It ended unseen, or as somebody else's child, and the kernel doesn't tell how. */
    record Unknown() implements ExitStatus {
        @Override
        public String toString() {
            return "exit status unknown";
        }
    }

    /** Reads what waitpid(2) wrote; the encoding is the same on Linux and macOS. */
    static ExitStatus ofWaitStatus(int status) {
        var signal = status & 0x7f;
        return signal == 0 ? new Exited((status >> 8) & 0xff) : new Signalled(signal, (status & 0x80) != 0);
    }
}
