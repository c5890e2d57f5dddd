package dev.steward.orders.work;

import java.util.List;
import java.util.stream.Stream;

/**
 * The shell in which a handler runs. It waits until the attempt is recorded, and writes down how the handler ended, so that a handler
 * outlives the daemon, and its result counts. POSIX sh.
 */
final class Wrapper {
    /**
     * It outlives signals to its group, for the handler may have an end to come to. If the daemon dies before it says the word, the
     * FIFO has an end, and nothing is begun. The status is written over what is there, which needs no room on the disk. What the shell itself says of a handler that was
     * killed is not the handler's output.
     */
    private static final String SCRIPT = """
            trap : HUP INT TERM
            if read -r go <"$1"; then :; else echo never 1<>"$2"; exit 75; fi
            status=$2
            shift 2
            exec 4>&2 2>/dev/null
            "$@" 2>&4 4>&-
            code=$?
            echo "ended $code" 1<>"$status"
            exit $code
            """;

    private static final String GO = "go\n";

    private Wrapper() {}

    static List<String> around(List<String> handler, AttemptFiles files) {
        return Stream.concat(
                        Stream.of(
                                "/bin/sh",
                                "-c",
                                SCRIPT,
                                "steward-worker",
                                files.gate().toString(),
                                files.status().toString()),
                        handler.stream())
                .toList();
    }

    /** The word that it waits for. */
    static String word() {
        return GO;
    }
}
