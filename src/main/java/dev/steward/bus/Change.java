package dev.steward.bus;

import java.time.Instant;
import java.util.Optional;

/** What can be asked of an order that this node knows; what it leads to, {@link Lifecycle} says. */
public sealed interface Change {
    /** Somebody begins an attempt. */
    record Begin(Work work) implements Change {}

    /** An attempt went well. */
    record Done(Result result, Expected expected) implements Change {
        /** Whoever worked on it. */
        public Done(Result result) {
            this(result, new Expected.Nothing());
        }
    }

    /**
     * An attempt went wrong.
     *
     * @param again when the next one may begin; empty: none will
     * @param interrupted whether it was stopped, or never let go, so that it counts as no failure
     */
    record Failed(Result result, Optional<Instant> again, boolean interrupted, Expected expected) implements Change {
        /** Whoever worked on it; it counts as a failure. */
        public Failed(Result result, Optional<Instant> again) {
            this(result, again, false, new Expected.Nothing());
        }
    }

    /** Somebody wants one more attempt: of an undelivered order at its delivery, of another one at its work. */
    record Retry(String by) implements Change {}

    /**
     * Nobody is to work on it any more.
     *
     * @param reason for people; may be empty
     */
    record Cancel(String by, String reason) implements Change {
        /** Nobody says why. */
        public Cancel(String by) {
            this(by, "");
        }
    }

    /** It is given up, by somebody or by a rule. */
    record Abandon(String by, String reason, Expected expected) implements Change {
        /** Whatever became of it. */
        public Abandon(String by, String reason) {
            this(by, reason, new Expected.Nothing());
        }
    }

    /** What has to hold of the order; if it doesn't, the change is refused. */
    default Expected expected() {
        return new Expected.Nothing();
    }
}
