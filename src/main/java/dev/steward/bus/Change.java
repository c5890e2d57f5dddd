package dev.steward.bus;

import java.time.Instant;
import java.util.Optional;

/** What can be asked of an order that this node knows; what it leads to, {@link Lifecycle} says. */
public sealed interface Change {
    /** Somebody begins an attempt. */
    record Begin(Work work) implements Change {}

    /** An attempt went well. */
    record Done(Result result) implements Change {}

    /**
     * An attempt went wrong.
     *
     * @param again when the next one may begin; empty: none will
     */
    record Failed(Result result, Optional<Instant> again) implements Change {}

    /** Somebody wants one more attempt: of an undelivered order at its delivery, of another one at its work. */
    record Retry(String by) implements Change {}

    /** Nobody is to work on it any more. */
    record Cancel(String by) implements Change {}

    /** It is given up, by somebody or by a rule. */
    record Abandon(String by, String reason) implements Change {}
}
