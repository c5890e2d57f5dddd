package dev.steward.cli;

import java.util.function.Consumer;

/** Exit statuses: those of sysexits(3) where they fit, and of LSB init scripts for {@code is-up}. */
final class Exit {
    static final int OK = 0;
    /** The command worked, and the answer is bad news. */
    static final int BAD_NEWS = 1;
    /** {@code is-up}: no. */
    static final int NOT_UP = 3;
    /** {@code is-up}: nobody knows. */
    static final int UNKNOWN = 4;

    static final int USAGE = 64;
    static final int NO_INPUT = 66;
    static final int UNAVAILABLE = 69;
    static final int INTERNAL = 70;
    static final int CANNOT_CREATE = 73;
    /** The command did its work, and standard output took not all that it printed. */
    static final int UNWRITTEN = 74;

    static final int TRY_LATER = 75;
    static final int NOT_PERMITTED = 77;
    static final int CONFIGURATION = 78;

    /** As a shell tells of a command that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private Exit() {}

    /** That of a command whose output is to be whole, too; what it has to say itself comes first. */
    static int of(int status, Output out, Consumer<String> messages) {
        var trouble = out.trouble();
        trouble.ifPresent(messages);
        return trouble.isPresent() && status == OK ? UNWRITTEN : status;
    }
}
