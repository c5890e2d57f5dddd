package dev.steward.orders.work;

import dev.steward.bus.Change;
import dev.steward.bus.Expected;
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
     * @param failures how many attempts failed before this one
     * @param output as it is to be kept
     */
    record Account(String worker, int attempt, int failures, Duration took, String output, Instant at) {
        Result result(boolean success, OptionalInt exit, String reason) {
            return new Result(success, worker, attempt, took, exit, reason, output, at);
        }
    }

    /** The change that is asked of the ledger. */
    static Change of(End end, Account account, Rules rules, Expected expected) {
        var again = rules.again(account.failures() + 1, account.at());
        return switch (end) {
            case End.Exited(var status)
            when status == 0 -> new Change.Done(account.result(true, OptionalInt.of(0), ""), expected);
            case End.Exited(var status)
            when status == NEVER ->
                failed(
                        account.result(
                                false,
                                OptionalInt.of(status),
                                "exit status " + NEVER + ", by which a handler says that no retry will help"),
                        Optional.empty(),
                        expected);
            case End.Exited(var status) ->
                failed(account.result(false, OptionalInt.of(status), told(status)), again, expected);
            case End.Lost(var how) -> failed(account.result(false, OptionalInt.empty(), how), again, expected);
            case End.TimedOut _ -> failed(account.result(false, OptionalInt.empty(), timedOut(rules)), again, expected);
            // However often it happens, it makes no order dead.
            case End.Interrupted(var why) ->
                new Change.Failed(
                        account.result(false, OptionalInt.empty(), why), Optional.of(account.at()), true, expected);
        };
    }

    /** For an order that no handler can be given, since its folder is not in the inbox any more. */
    static Change folderGone(Account account, String folder, Expected expected) {
        var reason = "its folder " + folder + " is not there any more: somebody moved or deleted it";
        return failed(account.result(false, OptionalInt.empty(), reason), Optional.empty(), expected);
    }

    private static Change failed(Result result, Optional<Instant> again, Expected expected) {
        return new Change.Failed(result, again, false, expected);
    }

    private static String timedOut(Rules rules) {
        return "timed out after " + rules.timeout().map(Durations::print).orElse("a while");
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
