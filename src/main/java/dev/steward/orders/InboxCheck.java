package dev.steward.orders;

import dev.steward.bus.OrderRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks every checksum of every order that lies in an inbox, in constant memory. Reads alone: it may run while others receive. */
public final class InboxCheck {
    private InboxCheck() {}

    /**
     * What was found in one folder of the inbox.
     *
     * @param name of the folder
     * @param bytes that were read and hashed
     */
    public record Verdict(String name, long bytes, List<Finding> findings) {
        public Verdict {
            findings = List.copyOf(findings);
        }

        /** Whether the order is as its evidence says; files beside it don't matter. */
        public boolean isSound() {
            return findings.stream().allMatch(Finding.Extra.class::isInstance);
        }
    }

    /** Something that isn't as the evidence says. */
    public sealed interface Finding {
        /** The file's content isn't what its checksum says, or what this node knows of the order. */
        record Changed(String file) implements Finding {}

        /** The evidence names a file that isn't there. */
        record Missing(String file) implements Finding {}

        /** The evidence doesn't name it: perhaps a worker put it there. */
        record Extra(String file) implements Finding {}

        /** The order isn't whole yet. */
        record HalfWritten(String reason) implements Finding {}

        /** It can't be read: no right, not a regular file, not what it should be. */
        record Unreadable(String file, String reason) implements Finding {}
    }

    /** What this node knows of orders besides what lies in the folder. */
    @FunctionalInterface
    public interface Known {
        /** Hashes of envelope and payload, as they were acknowledged. */
        Optional<OrderRow.Hashes> of(String id);
    }

    /**
     * Checks an inbox, order by order in the order of their names.
     *
     * @param verdicts is told each verdict as soon as it stands
     * @throws IOException if the inbox itself can't be read
     */
    public static void check(Path inbox, Known known, Consumer<Verdict> verdicts) throws IOException {
        Soon.soon();
    }
}
