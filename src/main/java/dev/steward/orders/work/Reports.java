package dev.steward.orders.work;

import dev.steward.bus.Change;
import dev.steward.bus.Expected;
import dev.steward.posix.OpenFiles;
import dev.steward.posix.SystemFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;

/** Says to the ledger what attempts came to, with what their handlers wrote. For the loop's thread alone. */
final class Reports {
    private final Output output;
    private final Clerk clerk;
    private final Clocks clocks;
    private final Consumer<Instant> due;

    /** @param due told when the next attempt at some order may begin */
    Reports(OpenFiles files, Clerk clerk, Clocks clocks, Consumer<Instant> due) {
        output = new Output(files);
        this.clerk = clerk;
        this.clocks = clocks;
        this.due = due;
    }

    void make(Attempt attempt, End end, Consumer<Clerk.Answer> then) {
        var account = new Verdict.Account(
                attempt.origin.worker(),
                attempt.files.number(),
                attempt.origin.failures(),
                attempt.took(clocks.nanos()),
                written(attempt, end),
                clocks.instant());
        var change = attempt.work.map(work -> Verdict.of(end, account, attempt.rules, new Expected.WorkedOnBy(work)));
        clerk.end(attempt.id, change, answer -> {
            if (answer.done() && change.orElseThrow() instanceof Change.Failed failed) {
                failed.again().ifPresent(due);
            }
            then.accept(answer);
        });
    }

    /** The result that a handler handed in counts if it went well; what it wrote otherwise tells what went wrong. */
    private String written(Attempt attempt, End end) {
        var files = attempt.files;
        if (end instanceof End.Exited exited && exited.status() == 0) {
            var result = read(files.result());
            return result.isEmpty() ? read(files.output()) : result;
        }
        return read(files.output());
    }

    private String read(Path file) {
        try {
            return output.end(file);
        } catch (IOException e) {
            return "(what it wrote cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Keeps what handlers write from filling the disk. */
    void bound(Attempt attempt) {
        if (attempt.mayWrite()) {
            try {
                output.bound(attempt.files.output());
            } catch (SystemFailure e) {
                attempt.problem = attempt.id + ": its handler's output is not kept short: " + e.getMessage();
            }
        }
    }
}
