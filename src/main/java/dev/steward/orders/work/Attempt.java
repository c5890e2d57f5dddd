package dev.steward.orders.work;

import dev.steward.bus.Work;
import dev.steward.posix.Fifos;
import dev.steward.posix.Identity;
import dev.steward.posix.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One attempt at one order, and its processes. For the loop's thread alone. */
final class Attempt {
    final String id;
    final Origin origin;
    final Rules rules;
    final AttemptFiles files;
    private final Begin begin;

    Phase phase;
    /** Its main process, the wrapper of the handler, as long as its end was not taken. */
    Optional<Watched> main = Optional.empty();
    /** Who that is or was; empty if nothing is known of it. */
    Optional<Identity> identity = Optional.empty();
    /** What the ledger is told of it; empty if it never comes to that. */
    Optional<Work> work = Optional.empty();
    /** Held open until the handler has surely read what was written. */
    Optional<Fifos.Held> gate = Optional.empty();
    /** What its process left behind, and is being ended. */
    final List<Watched> leftovers = new ArrayList<>();
    /** On the monotonic clock, like all of these. */
    OptionalLong timeoutAt = OptionalLong.empty();

    OptionalLong graceAt = OptionalLong.empty();
    OptionalLong recordAt = OptionalLong.empty();
    /** What is wrong with it, for people; empty if nothing is. */
    String problem = "";

    Attempt(String id, Origin origin, Rules rules, AttemptFiles files, Begin begin) {
        this.id = id;
        this.origin = origin;
        this.rules = rules;
        this.files = files;
        this.begin = begin;
        phase = new Phase.Held(Optional.empty());
    }

    /**
     * Where it comes from.
     *
     * @param failures how many attempts at its order failed before
     * @param ours whether this process started its main process, so that leftovers of it become children of this one
     */
    record Origin(String worker, int failures, boolean ours) {}

    /** When it began; by the monotonic clock it may have been before this process did. */
    record Begin(Instant at, long nanos) {
        Duration took(long nowNanos) {
            return Duration.ofNanos(Math.max(0, nowNanos - nanos));
        }
    }

    Instant since() {
        return begin.at();
    }

    Duration took(long nowNanos) {
        return begin.took(nowNanos);
    }

    /** Whether something of it may still write. */
    boolean mayWrite() {
        return phase instanceof Phase.Running || phase instanceof Phase.Stopping || phase instanceof Phase.Clearing;
    }

    /** As the ledger is asked about it. */
    Clerk.InHand inHand() {
        var unrecorded = phase instanceof Phase.Held || phase instanceof Phase.Fallen;
        return new Clerk.InHand(id, work, work.isPresent() && !unrecorded);
    }

    /** When something is to be done for it; empty if nothing is by itself. */
    OptionalLong next() {
        var next = OptionalLong.empty();
        for (var each : List.of(timeoutAt, graceAt, recordAt)) {
            if (each.isPresent() && (next.isEmpty() || each.getAsLong() - next.getAsLong() < 0)) {
                next = each;
            }
        }
        return next;
    }

    /** Lets go of what this process has open for it. */
    void close() {
        main.ifPresent(Watched::close);
        main = Optional.empty();
        leftovers.forEach(Watched::close);
        leftovers.clear();
        gate.ifPresent(Fifos.Held::close);
        gate = Optional.empty();
    }
}
