package dev.steward.orders.work;

import dev.steward.bus.Change;
import dev.steward.bus.Result;
import dev.steward.config.Durations;
import dev.steward.posix.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** What becomes of an order by the end of an attempt. Pure. */
final class Verdict {
    /** EX_DATAERR of sysexits(3): what the order asks for is wrong, and stays so. */
    static final int NEVER = 65;

    private static final int SIGNALS = 128;
    private static final int LAST_SIGNAL = 64;

    private Verdict() {}

    /**
     * What there is to tell of an attempt besides its end.
     *
     * @param output as it is to be kept
     */
    record Account(String worker, int attempt, Duration took, String output, Instant at) {
        Result result(boolean success, OptionalInt exit, String reason) {
            return new Result(success, worker, attempt, took, exit, reason, output, at);
        }
    }

    /** The change that is asked of the ledger. */
    static Change of(End end, Account account, Rules rules) {
        var again = rules.again(account.attempt(), account.at());
        return switch (end) {
            case End.Exited exited -> exited(exited.status(), account, again);
            case End.Lost lost -> failed(account, OptionalInt.empty(), lost.how(), again);
            case End.TimedOut _ ->
                failed(
                        account,
                        OptionalInt.empty(),
                        "timed out after "
                                + rules.timeout().map(Durations::print).orElse("a while"),
                        again);
            // However often it happens, it makes no order dead.
            case End.Interrupted interrupted ->
                failed(account, OptionalInt.empty(), interrupted.why(), Optional.of(account.at()));
        };
    }

    /** For an order that no handler can be given, since its folder is not in the inbox any more. */
    static Change folderGone(Account account, String folder) {
        return failed(
                account,
                OptionalInt.empty(),
                "its folder " + folder + " is not there any more: somebody moved or deleted it",
                Optional.empty());
    }

    private static Change exited(int status, Account account, Optional<Instant> again) {
        if (status == 0) {
            return new Change.Done(account.result(true, OptionalInt.of(0), ""));
        }
        return status == NEVER
                ? failed(
                        account,
                        OptionalInt.of(status),
                        "exit status " + NEVER + ", by which a handler says that no retry will help",
                        Optional.empty())
                : failed(account, OptionalInt.of(status), told(status), again);
    }

    private static Change failed(Account account, OptionalInt exit, String reason, Optional<Instant> again) {
        return new Change.Failed(account.result(false, exit, reason), again);
    }

    /** A shell reports by a status above 128 which signal ended the program, and by two below it that there was none. */
    private static String told(int status) {
        var signal = status - SIGNALS;
        if (signal > 0 && signal <= LAST_SIGNAL) {
            return "exit status " + status + " (" + Signal.nameOf(signal) + ")";
        }
        return switch (status) {
            case 126 -> "exit status 126 (its program cannot be executed)";
            case 127 -> "exit status 127 (its program was not found)";
            default -> "exit status " + status;
        };
    }
}
